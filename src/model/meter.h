/* meter.h - a hook for measuring: called, while a document is annotated, when a step ends and with what a stage of rules
 * starts from. A document without a meter has NULL here.
 */
#ifndef ATT_METER_H
#define ATT_METER_H

struct att_stage_view; /* cascade/trace_record.h */

typedef struct att_meter_hook att_meter;
struct att_meter_hook {
    void (*step)(att_meter *self, const char *name, int length); /* that ended */
    void (*stage)(att_meter *self, const struct att_stage_view *view);
};

#endif
