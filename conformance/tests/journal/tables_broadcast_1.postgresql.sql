CREATE TABLE wecom_broadcast (
id SERIAL NOT NULL,
name VARCHAR(100) NOT NULL,
chat_type VARCHAR(10) NOT NULL,
message TEXT NOT NULL,
message_digest VARCHAR(64) NOT NULL,
audience_digest VARCHAR(64),
planned BOOLEAN NOT NULL,
given INTEGER NOT NULL,
duplicates INTEGER NOT NULL,
duplicates_of_another_sender INTEGER NOT NULL,
created DOUBLE PRECISION NOT NULL,
PRIMARY KEY (id),
UNIQUE (name)
);
CREATE TABLE wecom_broadcast_call (
broadcast INTEGER NOT NULL,
n INTEGER NOT NULL,
sender VARCHAR(255),
size INTEGER NOT NULL,
state VARCHAR(20) NOT NULL,
attempts INTEGER NOT NULL,
started DOUBLE PRECISION,
ended DOUBLE PRECISION,
msgid VARCHAR(255),
errcode INTEGER,
reason TEXT NOT NULL,
fail_list_known BOOLEAN NOT NULL,
PRIMARY KEY (broadcast, n)
);
CREATE TABLE wecom_broadcast_recipient (
broadcast INTEGER NOT NULL,
call INTEGER NOT NULL,
position INTEGER NOT NULL,
recipient VARCHAR(256) NOT NULL,
result VARCHAR(20),
PRIMARY KEY (broadcast, call, position)
);
CREATE INDEX wecom_broadcast_state ON wecom_broadcast_call (broadcast, state);
