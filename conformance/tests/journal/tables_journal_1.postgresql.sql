CREATE TABLE wecom_journal_schema (
part VARCHAR(40) NOT NULL,
version INTEGER NOT NULL,
PRIMARY KEY (part)
);
CREATE TABLE wecom_journal (
id SERIAL NOT NULL,
account VARCHAR(200) NOT NULL,
server VARCHAR(500) NOT NULL,
operation VARCHAR(100) NOT NULL,
key VARCHAR(255) NOT NULL,
derived BOOLEAN NOT NULL,
digest VARCHAR(64) NOT NULL,
state VARCHAR(20) NOT NULL,
attempts INTEGER NOT NULL,
created DOUBLE PRECISION NOT NULL,
started DOUBLE PRECISION NOT NULL,
ended DOUBLE PRECISION,
deadline DOUBLE PRECISION NOT NULL,
boot VARCHAR(100) NOT NULL,
boot_deadline DOUBLE PRECISION NOT NULL,
body BYTEA NOT NULL,
answer BYTEA,
msgid VARCHAR(255),
errcode INTEGER,
recovered BOOLEAN NOT NULL,
reason VARCHAR NOT NULL,
PRIMARY KEY (id),
CONSTRAINT wecom_journal_once UNIQUE (account, key)
);
CREATE INDEX wecom_journal_digest ON wecom_journal (account, digest);
CREATE INDEX wecom_journal_msgid ON wecom_journal (account, msgid);
CREATE INDEX wecom_journal_state ON wecom_journal (state);
