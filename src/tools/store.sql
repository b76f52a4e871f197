-- The store of attache, version 3: annotated documents in SQLite, for the sqlite3 shell, Datasette and whatever else reads it.
--
-- Places (start, end) are code points of the text, from 0; the end is not included: substr(text, start + 1, end - start) are the
-- words. Items of a document are numbered from 1, in the order of its record. A NUL of a text stands as U+FFFD.
CREATE TABLE meta (
    -- What this file is and what made it. Keys: store (its version), record (schema of the records), attache (the versions
    -- that wrote to it), rules (the digests of rules that annotated documents); one row for each value.
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (key, value)
);
CREATE TABLE documents (
    doc INTEGER PRIMARY KEY,                -- all that is of one document has its number
    id TEXT NOT NULL UNIQUE,                -- what comes again with the same id takes its place
    source TEXT,                            -- where it was read
    date TEXT,                              -- 2024-01-19; metadata, --date or dateline, never the clock
    title TEXT,
    lang TEXT,
    duplicate_of TEXT,                      -- with --duplicates: the id of the first document with the same text
    rules INTEGER REFERENCES meta (number)  -- the digest of the rules that annotated it
);
CREATE TABLE texts (
    -- The whole text, where records have it (tag --text); of annotated documents always.
    doc INTEGER PRIMARY KEY REFERENCES documents (doc) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE rules (
    -- The rules and entries that made mentions.
    rule INTEGER PRIMARY KEY,
    name TEXT NOT NULL,  -- pack/name
    line TEXT NOT NULL,  -- file:line
    UNIQUE (name, line)
);
CREATE TABLE entities (
    -- Who and what is named: one row for each entity and document.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    id TEXT NOT NULL,      -- the same in all documents where known = 1: usa-state, KOR, igo-asean; else e and a number
    known INTEGER NOT NULL,
    type TEXT,             -- PERSON TITLE AGENCY IGO ORG COUNTRY DEMONYM LOCATION EVENT AGREEMENT DATE
    name TEXT,
    code TEXT,             -- of a country or an intergovernmental body
    country TEXT,          -- ISO 3166-1 alpha-3; IGO:UN of an intergovernmental body
    country_by TEXT,       -- which step gave the country: name entry owner list delegation subject sentence origin
    parent TEXT,           -- the id of the body that it is a part of
    mentions INTEGER,      -- how many there are in the document
    PRIMARY KEY (doc, id)
) WITHOUT ROWID;
CREATE TABLE mentions (
    -- Spans that name something.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    type TEXT,
    text TEXT,
    start INTEGER,         -- code points
    end INTEGER,
    entity TEXT,           -- entities.id of the same document
    code TEXT,
    country TEXT,
    country_by TEXT,
    fields TEXT,           -- what else its layer says, as JSON: {"kind":"ministry"}; or null
    rule INTEGER REFERENCES rules (rule),
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE TABLE officials (
    -- One person in one office.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    name TEXT,             -- the fullest written in the document; title alike
    title TEXT,
    agency TEXT,           -- words of the document
    agency_id TEXT,        -- the known body: usa-state
    country TEXT,          -- ISO 3166-1 alpha-3, or IGO:UN
    office TEXT,           -- the id of the known office: usa-president
    status TEXT,           -- current acting former designate; null where the document has no date
    entity TEXT,           -- entities.id of the same document
    start INTEGER,         -- the first mention, in code points
    end INTEGER,
    rule TEXT,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE TABLE themes (
    -- What is spoken of: a topic, alone or joined to actors.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    theme TEXT,            -- missiles/PRK
    topic TEXT,            -- missiles
    role TEXT,             -- of the actors: source target recipient party forum location; null without actors
    label TEXT,            -- DPRK: missiles
    score REAL,
    document_topic INTEGER, -- 1: the document is about the topic
    modality TEXT,         -- asserted negated possible future historical
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE TABLE theme_actors (
    doc INTEGER NOT NULL,
    theme INTEGER NOT NULL, -- themes.n
    actor TEXT NOT NULL,    -- a country's code, or a body's short name
    PRIMARY KEY (doc, theme, actor),
    FOREIGN KEY (doc, theme) REFERENCES themes (doc, n) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE evidence (
    -- The words that a theme rests on.
    doc INTEGER NOT NULL,
    theme INTEGER NOT NULL, -- themes.n
    n INTEGER NOT NULL,
    start INTEGER,          -- code points
    end INTEGER,
    text TEXT,              -- of the whole match
    trigger TEXT,           -- those that gave the topic
    rule TEXT,
    PRIMARY KEY (doc, theme, n),
    FOREIGN KEY (doc, theme) REFERENCES themes (doc, n) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE near (
    -- Officials who are named within 1000 code points of a theme's evidence: where they are nearest.
    doc INTEGER NOT NULL,
    official INTEGER NOT NULL, -- officials.n
    theme INTEGER NOT NULL,    -- themes.n
    evidence INTEGER NOT NULL, -- evidence.n
    start INTEGER,             -- of the mention of the official, in code points
    end INTEGER,
    distance INTEGER,          -- code points between the two; 0 where they touch
    same_paragraph INTEGER,    -- 1 or 0; null where the text is not known
    PRIMARY KEY (doc, official, theme),
    FOREIGN KEY (doc, official) REFERENCES officials (doc, n) ON DELETE CASCADE,
    FOREIGN KEY (doc, theme) REFERENCES themes (doc, n) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE statements (
    -- Who says what. Records have it from tag --statements; of annotated documents it is always there. What several say
    -- together is a row of each, in the same place.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT,             -- quoted reported spoken
    verb TEXT,             -- words of the text; null behind the name of a speaker in a transcript
    speaker TEXT,          -- entities.id of the same document
    official INTEGER,      -- officials.n, where the speaker is one
    title TEXT,            -- of his record, or of the document's title where that alone names him
    agency TEXT,
    country TEXT,
    start INTEGER,         -- of what is said, in code points
    end INTEGER,
    text TEXT,
    rule TEXT,
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE TABLE statement_themes (
    -- The themes of the document that rest on words of a statement.
    doc INTEGER NOT NULL,
    statement INTEGER NOT NULL, -- statements.n
    theme TEXT NOT NULL,        -- missiles/PRK
    topic TEXT,                 -- missiles
    PRIMARY KEY (doc, statement, theme),
    FOREIGN KEY (doc, statement) REFERENCES statements (doc, n) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE topics (
    -- What a document is about.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    rank INTEGER,          -- 1: the best
    PRIMARY KEY (doc, topic)
) WITHOUT ROWID;
CREATE TABLE countries (
    -- Countries that a document names.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    country TEXT NOT NULL, -- ISO 3166-1 alpha-3
    about INTEGER,         -- of those that the document is about: 1 for the first, and so on; else null
    PRIMARY KEY (doc, country)
) WITHOUT ROWID;
CREATE TABLE views (
    -- Named questions of the rules that a document answers: dprk-threats.
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    view TEXT NOT NULL,
    PRIMARY KEY (doc, view)
) WITHOUT ROWID;
CREATE TABLE warnings (
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    code TEXT,             -- E and a number
    message TEXT,
    start INTEGER,         -- code points, or null
    PRIMARY KEY (doc, n)
) WITHOUT ROWID;
CREATE TABLE errors (
    -- Documents that could not be read when they came last; what was known of them before stays.
    id TEXT PRIMARY KEY,
    source TEXT,
    code TEXT,             -- E and a number
    message TEXT
) WITHOUT ROWID;

CREATE VIEW searched AS
    -- What search looks through: title and text, or the words of all evidence where there is no text.
    SELECT doc, id, date, title,
           coalesce((SELECT text FROM texts WHERE texts.doc = documents.doc),
                    (SELECT group_concat(text, char(10))
                     FROM (SELECT text FROM evidence WHERE evidence.doc = documents.doc ORDER BY theme, n))) AS text
    FROM documents;
CREATE VIRTUAL TABLE search USING fts5 (
    -- Words of searched, whatever their capitals and accents; its rowid is documents.doc.
    title, text, content = 'searched', content_rowid = 'doc', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIEW who_about_what AS
    -- Each official beside each theme of the same document. distance is null where they stand more than 1000 code points apart:
    -- ask for same_paragraph = 1 or a small distance to get what is said of or by whom.
    SELECT officials.name AS official, officials.title,
           coalesce(officials.agency, (SELECT name FROM entities WHERE doc = officials.doc AND id = agency_id)) AS agency,
           agency_id, officials.country, office, officials.status, documents.id AS document, documents.date,
           documents.title AS headline,
           themes.theme, themes.topic, themes.label, themes.modality, distance, same_paragraph, evidence.text AS evidence,
           (SELECT replace(substr(text, max(min(near.start, evidence.start) - 99, 1),
                                  max(near.end, evidence.end) - max(min(near.start, evidence.start) - 100, 0) + 100),
                           char(10), ' ')
            FROM texts WHERE texts.doc = near.doc) AS passage,
           officials.doc, officials.n AS official_n, themes.n AS theme_n
    FROM officials
    JOIN themes ON themes.doc = officials.doc
    JOIN documents ON documents.doc = officials.doc
    LEFT JOIN near ON near.doc = officials.doc AND near.official = officials.n AND near.theme = themes.n
    LEFT JOIN evidence ON evidence.doc = themes.doc AND evidence.theme = themes.n AND evidence.n = coalesce(near.evidence, 1);
CREATE VIEW who_said_what AS
    -- What officials, bodies and states say: each statement once for each theme in it, without one where there is none.
    SELECT entities.name AS speaker, entities.type,
           statements.title,
           coalesce(officials.agency, (SELECT name FROM entities WHERE doc = officials.doc AND id = officials.agency_id),
                    statements.agency) AS agency,
           coalesce(officials.agency_id, CASE WHEN entities.type IN ('AGENCY', 'IGO') THEN entities.id END) AS agency_id,
           statements.country,
           topic, theme, kind, verb, replace(statements.text, char(10), ' ') AS statement, documents.id AS document, date,
           documents.title AS headline, statements.doc, statements.n AS statement_n
    FROM statements
    JOIN documents ON documents.doc = statements.doc
    JOIN entities ON entities.doc = statements.doc AND entities.id = statements.speaker
    LEFT JOIN officials ON officials.doc = statements.doc AND officials.n = statements.official
    LEFT JOIN statement_themes ON statement_themes.doc = statements.doc AND statement_themes.statement = statements.n;
CREATE VIEW officials_by_country AS
    -- Who speaks for which country: in how many documents, from when to when.
    SELECT officials.country, officials.name, officials.title, agency_id, office, count(DISTINCT officials.doc) AS documents,
           min(documents.date) AS first, max(documents.date) AS last
    FROM officials
    JOIN documents ON documents.doc = officials.doc
    GROUP BY officials.country, officials.name, officials.title, agency_id, office;
CREATE VIEW themes_by_month AS
    -- In how many documents a theme stands, month by month; what is denied is left out.
    SELECT substr(date, 1, 7) AS month, theme, topic, min(label) AS label, count(DISTINCT themes.doc) AS documents
    FROM themes
    JOIN documents ON documents.doc = themes.doc
    WHERE date IS NOT NULL AND modality IS NOT 'negated'
    GROUP BY month, theme;
CREATE VIEW actors_by_topic AS
    -- In how many documents which actor stands with which topic in which role; what is denied is left out.
    SELECT topic, actor, role, count(DISTINCT themes.doc) AS documents, min(date) AS first, max(date) AS last
    FROM theme_actors
    JOIN themes ON themes.doc = theme_actors.doc AND themes.n = theme_actors.theme
    JOIN documents ON documents.doc = themes.doc
    WHERE modality IS NOT 'negated'
    GROUP BY topic, actor, role;

-- Indexes, made when the first run is done.
CREATE INDEX IF NOT EXISTS documents_by_date ON documents (date);
CREATE INDEX IF NOT EXISTS documents_by_rules ON documents (rules);
CREATE INDEX IF NOT EXISTS entities_by_id ON entities (id);
CREATE INDEX IF NOT EXISTS entities_by_name ON entities (name);
CREATE INDEX IF NOT EXISTS officials_by_name ON officials (name);
CREATE INDEX IF NOT EXISTS officials_by_agency ON officials (agency_id);
CREATE INDEX IF NOT EXISTS officials_by_office ON officials (office) WHERE office IS NOT NULL;
CREATE INDEX IF NOT EXISTS officials_of_country ON officials (country);
CREATE INDEX IF NOT EXISTS themes_by_theme ON themes (theme);
CREATE INDEX IF NOT EXISTS themes_by_topic ON themes (topic);
CREATE INDEX IF NOT EXISTS theme_actors_by_actor ON theme_actors (actor);
CREATE INDEX IF NOT EXISTS statement_themes_by_theme ON statement_themes (theme);
CREATE INDEX IF NOT EXISTS statement_themes_by_topic ON statement_themes (topic);
CREATE INDEX IF NOT EXISTS topics_by_topic ON topics (topic);
CREATE INDEX IF NOT EXISTS countries_by_country ON countries (country);
CREATE INDEX IF NOT EXISTS views_by_view ON views (view);
