CREATE TABLE wecom_journal_schema (
part VARCHAR(40) NOT NULL,
version INTEGER NOT NULL,
PRIMARY KEY (part)
);
CREATE TABLE wecom_journal (
id INTEGER NOT NULL,
account VARCHAR(200) NOT NULL,
server VARCHAR(500) NOT NULL,
operation VARCHAR(100) NOT NULL,
"key" VARCHAR(255) NOT NULL,
derived BOOLEAN NOT NULL,
digest VARCHAR(64) NOT NULL,
state VARCHAR(20) NOT NULL,
attempts INTEGER NOT NULL,
created DOUBLE NOT NULL,
started DOUBLE NOT NULL,
ended DOUBLE,
deadline DOUBLE NOT NULL,
boot VARCHAR(100) NOT NULL,
boot_deadline DOUBLE NOT NULL,
body BLOB NOT NULL,
answer BLOB,
msgid VARCHAR(255),
errcode INTEGER,
recovered BOOLEAN NOT NULL,
reason VARCHAR NOT NULL,
PRIMARY KEY (id),
CONSTRAINT wecom_journal_once UNIQUE (account, "key")
);
CREATE INDEX wecom_journal_digest ON wecom_journal (account, digest);
CREATE INDEX wecom_journal_msgid ON wecom_journal (account, msgid);
CREATE INDEX wecom_journal_state ON wecom_journal (state);
