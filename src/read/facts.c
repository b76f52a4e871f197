#include "read/facts.h"

#include <strings.h>

#include "attache.h"
#include "base/calendar.h"
#include "base/utf8.h"

enum { CODE = 3 /* letters */ };

static att_str copy(att_document *doc, att_str value)
{
    if (!value.length) return (att_str){ 0 };
    if (att_utf8_check(value) < value.length) value = att_utf8_repair(doc->arena, value);
    return att_str_copy(doc->arena, value);
}

void att_fact_id(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    if (value.length) doc->id = copy(doc, value);
}

void att_fact_title(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    doc->title = copy(doc, att_str_trim(value));
}

void att_fact_lang(att_document *doc, att_str value, uint32_t start)
{
    (void)start;
    doc->lang = copy(doc, att_str_trim(value));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `count` digits at byte `at` as a number, -1 when they are not all there. */
static int digits(att_str text, size_t at, size_t count)
{
    int number = 0;
    if (text.length < at + count) return -1;
    for (size_t i = at; i < at + count; i++) {
        if (!is_digit(text.data[i])) return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

att_str att_date_of(att_str value)
{
    const att_str none = { 0 };
    int year = digits(value, 0, 4), month = digits(value, 5, 2), day = digits(value, 8, 2);
    if (year < 1) return none;
    if (value.length == 4) return value;
    if (value.data[4] != '-' || month < 1 || month > 12) return none;
    if (value.length == 7) return value;
    if (value.data[7] != '-' || day < 1 || day > att_days_of_month(year, month)) return none;
    if (value.length > 10 && is_digit(value.data[10])) return none;
    return att_str_slice(value, 0, 10);
}

/* As much of a value as a message has room for. */
static att_str shown(att_document *doc, att_str value)
{
    enum { ROOM = 40 };
    att_str clean = copy(doc, value);
    if (clean.length <= ROOM) return clean;
    att_str head = att_utf8_head(clean, ROOM);
    return att_str_format(doc->arena, "%.*s…", ATT_STR_ARG(head));
}

void att_fact_date(att_document *doc, att_str value, uint32_t start)
{
    value = att_str_trim(value);
    if (!value.length) return;
    att_str date = att_date_of(value);
    if (date.data) {
        doc->date = copy(doc, date);
        return;
    }
    att_str message = att_str_format(doc->arena, "date '%.*s' not understood; YYYY-MM-DD expected (or YYYY-MM, YYYY)",
                                     ATT_STR_ARG(shown(doc, value)));
    att_document_remark(doc, "E014", message, start);
}

/* ISO 3166-1, closed and stable, with the states that left it within living memory. */
static const char countries[] =
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH "
    "BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB "
    "CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO "
    "GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN "
    "IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA "
    "MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER "
    "NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU "
    "RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA "
    "TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT "
    "WLF WSM XKX YEM ZAF ZMB ZWE CSK DDR SCG SUN YUG ";

bool att_is_code(att_str value)
{
    for (size_t i = 0; i < value.length; i++)
        if ((value.data[i] | 0x20) < 'a' || (value.data[i] | 0x20) > 'z') return false;
    return value.length == CODE;
}

bool att_is_origin(att_str value)
{
    if (value.length != CODE) return false;
    for (const char *code = countries; *code; code += CODE + 1)
        if (strncasecmp(code, value.data, CODE) == 0) return true;
    return false;
}

bool att_is_country(const char *code)
{
    return att_is_origin(att_str_of(code));
}

att_str att_origin_copy(att_arena *arena, att_str value)
{
    char capitals[3];
    for (int i = 0; i < 3; i++) capitals[i] = (char)(value.data[i] & ~0x20);
    return att_str_copy(arena, (att_str){ capitals, 3 });
}

void att_fact_origin(att_document *doc, att_str value, uint32_t start)
{
    value = att_str_trim(value);
    if (!value.length) return;
    if (att_is_origin(value)) {
        doc->origin = att_origin_copy(doc->arena, value);
        return;
    }
    att_str message = att_str_format(doc->arena,
                                     "origin '%.*s' not understood; a country's code such as KOR expected "
                                     "(ISO 3166-1 alpha-3)",
                                     ATT_STR_ARG(shown(doc, value)));
    att_document_remark(doc, "E015", message, start);
}
