/* missions.h - the mission that a text is of: an embassy or ambassador of one state in another. */
#ifndef ATT_MISSIONS_H
#define ATT_MISSIONS_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Both codes, or two null views. */
typedef struct {
    att_str sender, host;
} att_mission;

/* The first one, where the text names no third state before: "Embassy of Japan in Laos", "the Japanese Ambassador to Laos". */
att_mission att_mission_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* Whether the body, of state `country`, is a mission of the one that has sent this. */
bool att_is_of_sender(const att_mission *self, const att_knowledge *knowledge, const att_document *doc,
                      const att_annotation *body, att_str country);

/* Whether somebody of that title serves at a mission: "Deputy Chief of Mission". */
bool att_is_post_at_mission(const att_knowledge *knowledge, att_str title);

/* Whether the official serves at one of that state. */
bool att_is_envoy_of(const att_mission *self, const att_knowledge *knowledge, const att_official *official);

#endif
