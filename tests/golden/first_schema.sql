BEGIN TRANSACTION;
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	platform VARCHAR(16) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	user VARCHAR(64) NOT NULL, 
	channel VARCHAR(64) NOT NULL, 
	left_at DATETIME, 
	home VARCHAR(100) DEFAULT '' NOT NULL, 
	installed BOOLEAN NOT NULL, 
	linked_at DATETIME, 
	takes_digest BOOLEAN DEFAULT 0 NOT NULL, 
	unreachable VARCHAR(200) DEFAULT '' NOT NULL, 
	settings JSON, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT fk_accounts_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_accounts_platform_workspace_user UNIQUE (platform, workspace, user)
);
INSERT INTO "accounts" VALUES(1,1,'slack','','eve','D1',NULL,'',0,NULL,0,'',NULL);
INSERT INTO "accounts" VALUES(2,2,'web','','dana','D1',NULL,'',0,NULL,0,'',NULL);
INSERT INTO "accounts" VALUES(3,3,'web','','kim','D1',NULL,'',0,NULL,0,'',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE arrivals (
	"key" VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_arrivals PRIMARY KEY ("key")
);
INSERT INTO "arrivals" VALUES('slack::k1795702999566990826','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990827','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990828','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990829','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990830','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990831','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990832','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990833','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990834','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('slack::k1795702999566990835','2026-11-23 09:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990836','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990837','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990838','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990839','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990840','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990841','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990842','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990843','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990844','2026-11-24 17:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990845','2026-11-30 08:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990847','2026-11-30 08:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990848','2026-11-30 08:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990849','2026-12-04 15:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990850','2026-12-04 15:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990852','2026-12-04 15:00:00.000000');
INSERT INTO "arrivals" VALUES('web::k1795702999566990854','2026-12-04 15:00:00.000000');
CREATE TABLE buddies (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	membership_id INTEGER NOT NULL, 
	week DATE NOT NULL, 
	pair INTEGER NOT NULL, 
	answered BOOLEAN NOT NULL, 
	nudges BOOLEAN, 
	nudged_on DATE, 
	CONSTRAINT pk_buddies PRIMARY KEY (id), 
	CONSTRAINT fk_buddies_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_buddies_membership_id_memberships FOREIGN KEY(membership_id) REFERENCES memberships (id), 
	CONSTRAINT uq_buddies_membership_id_week UNIQUE (membership_id, week)
);
INSERT INTO "buddies" VALUES(1,1,1,'2026-11-30',1,0,NULL,NULL);
INSERT INTO "buddies" VALUES(2,1,2,'2026-11-30',1,1,1,NULL);
INSERT INTO "buddies" VALUES(3,1,1,'2026-12-07',1,0,NULL,NULL);
INSERT INTO "buddies" VALUES(4,1,2,'2026-12-07',1,0,NULL,NULL);
CREATE TABLE changes (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	account_id INTEGER, 
	verb VARCHAR(16) NOT NULL, 
	followup_id INTEGER, 
	"before" JSON NOT NULL, 
	undone BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_changes PRIMARY KEY (id), 
	CONSTRAINT fk_changes_followup_id_followups FOREIGN KEY(followup_id) REFERENCES followups (id), 
	CONSTRAINT fk_changes_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "changes" VALUES(1,1,'2026-11-23 09:00:00.000000',NULL,'add',1,'{}',0);
INSERT INTO "changes" VALUES(2,1,'2026-11-23 09:00:00.000000',NULL,'sent',1,'{}',0);
INSERT INTO "changes" VALUES(3,1,'2026-11-23 09:00:00.000000',NULL,'replied',1,'{"contact": {"id": 1, "name": "Robin Patel", "organization": "Acme", "via": "email", "address": "", "country": ""}}',0);
INSERT INTO "changes" VALUES(4,1,'2026-11-23 09:00:00.000000',NULL,'insight',1,'{}',0);
INSERT INTO "changes" VALUES(5,1,'2026-11-23 09:00:00.000000',NULL,'proof',NULL,'{}',0);
INSERT INTO "changes" VALUES(6,1,'2026-11-23 09:00:00.000000',NULL,'add',3,'{}',0);
INSERT INTO "changes" VALUES(7,1,'2026-11-23 09:00:00.000000',NULL,'settings',NULL,'{"zone": "America/New_York", "zone_named": false, "hour": "08:30", "days_off": [], "most": 5, "pauses": [], "pace": "steady", "weekly": false, "name": "", "language": ""}',1);
INSERT INTO "changes" VALUES(8,2,'2026-11-24 17:00:00.000000',NULL,'add',4,'{}',0);
INSERT INTO "changes" VALUES(9,3,'2026-11-24 17:00:00.000000',NULL,'add',5,'{}',0);
INSERT INTO "changes" VALUES(10,2,'2026-11-30 08:00:00.000000',NULL,'sent',4,'{}',0);
CREATE TABLE club_entries (
	id INTEGER NOT NULL, 
	membership_id INTEGER NOT NULL, 
	week DATE NOT NULL, 
	goal INTEGER, 
	made INTEGER, 
	due INTEGER, 
	streak INTEGER NOT NULL, 
	CONSTRAINT pk_club_entries PRIMARY KEY (id), 
	CONSTRAINT fk_club_entries_membership_id_memberships FOREIGN KEY(membership_id) REFERENCES memberships (id), 
	CONSTRAINT uq_club_entries_membership_id_week UNIQUE (membership_id, week)
);
INSERT INTO "club_entries" VALUES(1,1,'2026-11-23',NULL,0,0,0);
INSERT INTO "club_entries" VALUES(2,2,'2026-11-23',NULL,0,0,0);
INSERT INTO "club_entries" VALUES(3,1,'2026-11-30',1,1,1,1);
INSERT INTO "club_entries" VALUES(4,2,'2026-11-30',NULL,0,1,0);
CREATE TABLE club_posts (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	organization TEXT NOT NULL, 
	text TEXT NOT NULL, 
	named BOOLEAN NOT NULL, 
	name TEXT NOT NULL, 
	closed BOOLEAN NOT NULL, 
	CONSTRAINT pk_club_posts PRIMARY KEY (id), 
	CONSTRAINT fk_club_posts_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_club_posts_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_club_posts_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "club_posts" VALUES(1,1,2,2,'2026-12-04 15:00:00.000000','ask','Acme','',0,'',0);
CREATE TABLE club_weeks (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	week DATE NOT NULL, 
	members INTEGER NOT NULL, 
	goals INTEGER NOT NULL, 
	reached INTEGER NOT NULL, 
	made INTEGER NOT NULL, 
	due INTEGER NOT NULL, 
	groups JSON NOT NULL, 
	settled BOOLEAN NOT NULL, 
	CONSTRAINT pk_club_weeks PRIMARY KEY (id), 
	CONSTRAINT fk_club_weeks_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT uq_club_weeks_club_id_week UNIQUE (club_id, week)
);
INSERT INTO "club_weeks" VALUES(1,1,'2026-11-23',2,0,0,0,0,'{"reached their goal": 0, "on their way": 0, "had a quiet week": 2}',1);
INSERT INTO "club_weeks" VALUES(2,1,'2026-11-30',2,1,1,1,2,'{"reached their goal": 1, "on their way": 0, "had a quiet week": 1}',1);
CREATE TABLE clubs (
	id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	platform VARCHAR(16) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	channel VARCHAR(64) NOT NULL, 
	server VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	week_start INTEGER NOT NULL, 
	kickoff INTEGER NOT NULL, 
	midweek INTEGER, 
	wrapup INTEGER NOT NULL, 
	pace VARCHAR(8) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	revision INTEGER NOT NULL, 
	next_at DATETIME, 
	next_kind VARCHAR(16) NOT NULL, 
	next_week DATE, 
	begun DATE, 
	nudge_at DATETIME, 
	rolled_at DATETIME, 
	shut VARCHAR(200) NOT NULL, 
	shut_at DATETIME, 
	quiet INTEGER NOT NULL, 
	asked BOOLEAN NOT NULL, 
	CONSTRAINT pk_clubs PRIMARY KEY (id), 
	CONSTRAINT uq_clubs_platform_workspace_channel UNIQUE (platform, workspace, channel)
);
INSERT INTO "clubs" VALUES(1,'2026-11-24 17:00:00.000000','web','','job-club','','Tuesday Club','Europe/Berlin',0,540,NULL,6720,'steady','en',1,'2026-12-11 15:00:00.000000','wrap-up','2026-12-07','2026-12-07',NULL,NULL,'',NULL,0,0);
CREATE TABLE contacts (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	organization TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	via TEXT NOT NULL, 
	address TEXT NOT NULL, 
	country TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_contacts PRIMARY KEY (id), 
	CONSTRAINT fk_contacts_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "contacts" VALUES(1,1,'Robin Patel','Acme','robin patel@acme','email','','','acme');
INSERT INTO "contacts" VALUES(2,1,'Kim Sato','Initech','kim sato@initech','unknown','','','initech');
INSERT INTO "contacts" VALUES(3,1,'','Hooli','@hooli','unknown','','','hooli');
INSERT INTO "contacts" VALUES(4,2,'Lou Reyes','Globex','lou reyes@globex','unknown','','','globex');
INSERT INTO "contacts" VALUES(5,3,'Lou Reyes','Globex','lou reyes@globex','unknown','','','globex');
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	member_id INTEGER, 
	account_id INTEGER, 
	club_id INTEGER, 
	kind VARCHAR(16) NOT NULL, 
	day DATE NOT NULL, 
	about INTEGER DEFAULT 0 NOT NULL, 
	planned_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	not_before DATETIME, 
	attempts INTEGER NOT NULL, 
	first_tried_at DATETIME, 
	finished_at DATETIME, 
	channel VARCHAR(64) NOT NULL, 
	message VARCHAR(64) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	late BOOLEAN NOT NULL, 
	rows JSON NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT fk_deliveries_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_deliveries_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_deliveries_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_deliveries_club_id_kind_day_about UNIQUE (club_id, kind, day, about), 
	CONSTRAINT uq_deliveries_member_id_kind_day_about UNIQUE (member_id, kind, day, about)
);
INSERT INTO "deliveries" VALUES(1,1,1,NULL,'digest','2026-11-24',0,'2026-11-24 13:30:00.000000','held',NULL,1,'2026-11-24 17:00:00.000000',NULL,'','','their DMs are closed',1,'[3]');
INSERT INTO "deliveries" VALUES(2,3,3,NULL,'match','2026-11-24',1,'2026-11-24 17:00:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m2','',1,'[]');
INSERT INTO "deliveries" VALUES(3,2,2,NULL,'match','2026-11-24',1,'2026-11-24 17:00:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m3','',1,'[]');
INSERT INTO "deliveries" VALUES(4,2,2,NULL,'digest','2026-11-30',0,'2026-11-30 07:30:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m4','',0,'[4]');
INSERT INTO "deliveries" VALUES(5,3,3,NULL,'digest','2026-11-30',0,'2026-11-30 07:30:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m5','',0,'[5]');
INSERT INTO "deliveries" VALUES(6,NULL,NULL,1,'kickoff','2026-11-30',739950,'2026-11-30 08:00:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','job-club','m6','',0,'[]');
INSERT INTO "deliveries" VALUES(7,2,2,NULL,'buddy','2026-11-30',1,'2026-11-30 08:00:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m7','',0,'[]');
INSERT INTO "deliveries" VALUES(8,3,3,NULL,'buddy','2026-11-30',2,'2026-11-30 08:00:00.000000','sent',NULL,1,'2026-11-30 08:00:00.000000','2026-11-30 08:00:00.000000','D1','m8','',0,'[]');
INSERT INTO "deliveries" VALUES(9,1,1,NULL,'digest','2026-12-04',0,'2026-12-04 13:30:00.000000','sent',NULL,1,'2026-12-04 15:00:00.000000','2026-12-04 15:00:00.000000','D1','m9','',1,'[1, 3, 2]');
INSERT INTO "deliveries" VALUES(10,3,3,NULL,'digest','2026-12-04',0,'2026-12-04 07:30:00.000000','sent',NULL,1,'2026-12-04 15:00:00.000000','2026-12-04 15:00:00.000000','D1','m10','',1,'[5]');
INSERT INTO "deliveries" VALUES(11,NULL,NULL,1,'wrap-up','2026-12-04',739950,'2026-12-04 15:00:00.000000','sent',NULL,1,'2026-12-04 15:00:00.000000','2026-12-04 15:00:00.000000','job-club','m11','',0,'[]');
INSERT INTO "deliveries" VALUES(12,NULL,NULL,1,'ask','2026-12-04',1,'2026-12-04 15:00:00.000000','sent',NULL,1,'2026-12-04 15:00:00.000000','2026-12-04 15:00:00.000000','job-club','m12','',0,'[]');
INSERT INTO "deliveries" VALUES(13,2,2,NULL,'offer','2026-12-04',1,'2026-12-04 15:00:00.000000','sent',NULL,1,'2026-12-04 15:00:00.000000','2026-12-04 15:00:00.000000','D1','m13','',0,'[]');
INSERT INTO "deliveries" VALUES(14,2,2,NULL,'digest','2026-12-07',0,'2026-12-07 07:30:00.000000','sent',NULL,1,'2026-12-07 08:00:00.000000','2026-12-07 08:00:00.000000','D1','m14','',0,'[4]');
INSERT INTO "deliveries" VALUES(15,3,3,NULL,'digest','2026-12-07',0,'2026-12-07 07:30:00.000000','sent',NULL,1,'2026-12-07 08:00:00.000000','2026-12-07 08:00:00.000000','D1','m15','',0,'[5]');
INSERT INTO "deliveries" VALUES(16,NULL,NULL,1,'kickoff','2026-12-07',739957,'2026-12-07 08:00:00.000000','sent',NULL,1,'2026-12-07 08:00:00.000000','2026-12-07 08:00:00.000000','job-club','m16','',0,'[]');
INSERT INTO "deliveries" VALUES(17,2,2,NULL,'buddy','2026-12-07',3,'2026-12-07 08:00:00.000000','sent',NULL,1,'2026-12-07 08:00:00.000000','2026-12-07 08:00:00.000000','D1','m17','',0,'[]');
INSERT INTO "deliveries" VALUES(18,3,3,NULL,'buddy','2026-12-07',4,'2026-12-07 08:00:00.000000','sent',NULL,1,'2026-12-07 08:00:00.000000','2026-12-07 08:00:00.000000','D1','m18','',0,'[]');
CREATE TABLE duties (
	name VARCHAR(60) NOT NULL, 
	holder VARCHAR(60) NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_duties PRIMARY KEY (name)
);
INSERT INTO "duties" VALUES('Discord gateway 1 of 1','here 17 ab','2026-11-24 17:00:30.000000');
CREATE TABLE followups (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	removed BOOLEAN DEFAULT 0 NOT NULL, 
	urgency VARCHAR(16) NOT NULL, 
	priority VARCHAR(16) NOT NULL, 
	trust VARCHAR(16) NOT NULL, 
	first_on DATE, 
	step VARCHAR(16) NOT NULL, 
	cycle INTEGER NOT NULL, 
	unanswered INTEGER NOT NULL, 
	rests INTEGER NOT NULL, 
	due_on DATE, 
	because VARCHAR(16) NOT NULL, 
	because_count INTEGER NOT NULL, 
	because_moved BOOLEAN NOT NULL, 
	closed VARCHAR(24), 
	last_ping_on DATE, 
	because_spaced BOOLEAN NOT NULL, 
	added_on DATE NOT NULL, 
	mornings INTEGER NOT NULL, 
	skipped VARCHAR(200) NOT NULL, 
	referred_by INTEGER, 
	CONSTRAINT pk_followups PRIMARY KEY (id), 
	CONSTRAINT fk_followups_contact_id_contacts FOREIGN KEY(contact_id) REFERENCES contacts (id), 
	CONSTRAINT fk_followups_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_followups_referred_by_followups FOREIGN KEY(referred_by) REFERENCES followups (id), 
	CONSTRAINT uq_followups_member_id_number UNIQUE (member_id, number)
);
INSERT INTO "followups" VALUES(1,1,1,1,'data PM',5,0,'urgent','normal','some',NULL,'opener',2,0,0,'2026-11-25','thanks',1,0,NULL,'2026-11-23',1,'2026-11-23',1,'',NULL);
INSERT INTO "followups" VALUES(2,1,2,2,'',3,0,'normal','normal','some',NULL,'opener',1,0,0,'2026-12-01','first wait',5,0,NULL,NULL,0,'2026-11-23',1,'',1);
INSERT INTO "followups" VALUES(3,1,3,3,'-1',3,0,'normal','normal','some','2026-11-24','opener',1,0,0,'2026-11-24','named',0,0,NULL,NULL,0,'2026-11-23',2,'',NULL);
INSERT INTO "followups" VALUES(4,2,4,1,'',2,0,'normal','normal','some','2026-11-30','check-in',1,1,0,'2026-12-07','check-in',0,0,NULL,'2026-11-30',0,'2026-11-24',1,'',NULL);
INSERT INTO "followups" VALUES(5,3,5,1,'',1,0,'normal','normal','some','2026-11-30','opener',1,0,0,'2026-11-30','named',0,0,NULL,NULL,0,'2026-11-24',3,'',NULL);
CREATE TABLE insights (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	organization TEXT NOT NULL, 
	text TEXT NOT NULL, 
	"on" DATE NOT NULL, 
	voided BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_insights PRIMARY KEY (id), 
	CONSTRAINT fk_insights_change_id_changes FOREIGN KEY(change_id) REFERENCES changes (id), 
	CONSTRAINT fk_insights_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "insights" VALUES(1,1,4,'acme','Acme','they move to dbt','2026-11-23',0);
CREATE TABLE kept_requests (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	account_id INTEGER, 
	verb VARCHAR(16) NOT NULL, 
	"values" JSON NOT NULL, 
	CONSTRAINT pk_kept_requests PRIMARY KEY (id), 
	CONSTRAINT fk_kept_requests_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "kept_requests" VALUES(1,1,'2026-11-23 09:00:00.000000',NULL,'snooze','{"who": "Hooli"}');
INSERT INTO "kept_requests" VALUES(2,2,'2026-12-04 15:00:00.000000',NULL,'club-ask','{"club": 1, "done": true}');
CREATE TABLE lanes (
	name VARCHAR(120) NOT NULL, 
	free_at DATETIME, 
	queue_at DATETIME, 
	CONSTRAINT pk_lanes PRIMARY KEY (name)
);
INSERT INTO "lanes" VALUES('web::first','2026-11-30 08:00:00.120000','2026-11-30 08:00:00.040000');
INSERT INTO "lanes" VALUES('web:','2026-12-07 08:00:00.100000','2026-12-07 08:00:00.040000');
INSERT INTO "lanes" VALUES('slack::first','2026-12-04 15:00:00.020000','2026-12-04 15:00:00.020000');
CREATE TABLE link_codes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	member_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	entered_id INTEGER, 
	entered_at DATETIME, 
	spent BOOLEAN NOT NULL, 
	CONSTRAINT fk_link_codes_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_link_codes_entered_id_accounts FOREIGN KEY(entered_id) REFERENCES accounts (id), 
	CONSTRAINT fk_link_codes_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_link_codes_fingerprint UNIQUE (fingerprint)
);
INSERT INTO "link_codes" VALUES(1,1,1,'2026-11-23 09:00:00.000000','84f650056751a5a618fab6d286483e1d277aaed74bbf2c68f4937be7c71efa63',NULL,NULL,0);
CREATE TABLE matches (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	first_says BOOLEAN, 
	second_says BOOLEAN, 
	CONSTRAINT pk_matches PRIMARY KEY (id), 
	CONSTRAINT fk_matches_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_matches_first_id_memberships FOREIGN KEY(first_id) REFERENCES memberships (id), 
	CONSTRAINT fk_matches_second_id_memberships FOREIGN KEY(second_id) REFERENCES memberships (id), 
	CONSTRAINT uq_matches_club_id_first_id_second_id_key UNIQUE (club_id, first_id, second_id, "key")
);
INSERT INTO "matches" VALUES(1,1,1,2,'globex',NULL,NULL);
CREATE TABLE members (
	id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	zone_named BOOLEAN NOT NULL, 
	name TEXT NOT NULL, 
	locale VARCHAR(16) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	digest_minute INTEGER NOT NULL, 
	days_off VARCHAR(20) NOT NULL, 
	most INTEGER NOT NULL, 
	pauses JSON NOT NULL, 
	pace VARCHAR(8) NOT NULL, 
	weekly BOOLEAN NOT NULL, 
	asked BOOLEAN NOT NULL, 
	ignored INTEGER NOT NULL, 
	next_digest_at DATETIME, 
	last_digest_on DATE, 
	last_number INTEGER NOT NULL, 
	CONSTRAINT pk_members PRIMARY KEY (id)
);
INSERT INTO "members" VALUES(1,'2026-11-23 09:00:00.000000','America/New_York',0,'','','',510,'',5,'[]','steady',0,0,2,'2026-12-07 13:30:00.000000','2026-12-04',3);
INSERT INTO "members" VALUES(2,'2026-11-24 17:00:00.000000','Europe/Berlin',0,'Dana','','',510,'',5,'[]','steady',0,0,1,'2026-12-08 07:30:00.000000','2026-12-07',1);
INSERT INTO "members" VALUES(3,'2026-11-24 17:00:00.000000','Europe/Berlin',0,'Kim','','',510,'',5,'[]','steady',0,0,1,'2026-12-08 07:30:00.000000','2026-12-07',1);
CREATE TABLE memberships (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	joined_on DATE NOT NULL, 
	name TEXT NOT NULL, 
	sharing VARCHAR(8) NOT NULL, 
	matches BOOLEAN NOT NULL, 
	buddy BOOLEAN NOT NULL, 
	skips DATE, 
	unanswered INTEGER NOT NULL, 
	nudge_after INTEGER NOT NULL, 
	alum BOOLEAN NOT NULL, 
	streak INTEGER NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (id), 
	CONSTRAINT fk_memberships_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_memberships_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_memberships_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_memberships_club_id_member_id UNIQUE (club_id, member_id)
);
INSERT INTO "memberships" VALUES(1,1,2,2,'2026-11-24','Dana','counts',1,1,NULL,1,3,0,1);
INSERT INTO "memberships" VALUES(2,1,3,3,'2026-11-24','Kim','counts',1,1,NULL,0,3,0,0);
CREATE TABLE offers (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	whom TEXT NOT NULL, 
	endorsed BOOLEAN NOT NULL, 
	CONSTRAINT pk_offers PRIMARY KEY (id), 
	CONSTRAINT fk_offers_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_offers_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_offers_post_id_club_posts FOREIGN KEY(post_id) REFERENCES club_posts (id), 
	CONSTRAINT uq_offers_post_id_account_id UNIQUE (post_id, account_id)
);
INSERT INTO "offers" VALUES(1,1,3,3,'2026-12-04 15:00:00.000000','offered','',0);
CREATE TABLE organizers (
	id INTEGER NOT NULL, 
	club_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	CONSTRAINT pk_organizers PRIMARY KEY (id), 
	CONSTRAINT fk_organizers_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_organizers_club_id_clubs FOREIGN KEY(club_id) REFERENCES clubs (id), 
	CONSTRAINT fk_organizers_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_organizers_club_id_account_id UNIQUE (club_id, account_id)
);
INSERT INTO "organizers" VALUES(1,1,2,2);
CREATE TABLE proofs (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	knows TEXT NOT NULL, 
	named BOOLEAN NOT NULL, 
	voided BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_proofs PRIMARY KEY (id), 
	CONSTRAINT fk_proofs_change_id_changes FOREIGN KEY(change_id) REFERENCES changes (id), 
	CONSTRAINT fk_proofs_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
INSERT INTO "proofs" VALUES(1,1,5,'Calm in a launch','Sam Okafor','',1,0);
CREATE TABLE seals (
	"key" VARCHAR(8) NOT NULL, 
	probe TEXT NOT NULL, 
	whole BOOLEAN NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY ("key")
);
CREATE TABLE slack_installations (
	client VARCHAR(64) NOT NULL, 
	team VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	enterprise VARCHAR(64) NOT NULL, 
	app VARCHAR(64) NOT NULL, 
	bot VARCHAR(64) NOT NULL, 
	bot_user VARCHAR(64) NOT NULL, 
	scopes TEXT NOT NULL, 
	token TEXT NOT NULL, 
	refresh TEXT NOT NULL, 
	expires_at DATETIME, 
	installed_at DATETIME NOT NULL, 
	CONSTRAINT pk_slack_installations PRIMARY KEY (client, team)
);
INSERT INTO "slack_installations" VALUES('1.2','T9','Grüße, “Zoë” \u0000 🦔 {''a'': null} 100 % \n ''quoted'' "twice"','','','','','commands,chat:write','xoxe.xoxb-9-nine','xoxe-1-nine','2026-11-25 05:00:00.000000','2026-11-24 17:00:00.000000');
CREATE TABLE touches (
	id INTEGER NOT NULL, 
	followup_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	day DATE NOT NULL, 
	via VARCHAR(16) NOT NULL, 
	angle TEXT NOT NULL, 
	outcome VARCHAR(24), 
	reason VARCHAR(24), 
	until DATE, 
	text TEXT NOT NULL, 
	terms JSON, 
	voided BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_touches PRIMARY KEY (id), 
	CONSTRAINT fk_touches_change_id_changes FOREIGN KEY(change_id) REFERENCES changes (id), 
	CONSTRAINT fk_touches_followup_id_followups FOREIGN KEY(followup_id) REFERENCES followups (id)
);
INSERT INTO "touches" VALUES(1,1,1,'2026-11-23 09:00:00.000000','added','2026-11-23','unknown','',NULL,NULL,NULL,'Grüße, “Zoë” \u0000 🦔 {''a'': null} 100 % \n ''quoted'' "twice"','{"urgency": "urgent", "priority": "normal", "trust": "some", "first_on": null}',0);
INSERT INTO "touches" VALUES(2,1,2,'2026-11-23 09:00:00.000000','sent','2026-11-23','email','idea',NULL,NULL,NULL,'two ways
to save a day','null',0);
INSERT INTO "touches" VALUES(3,2,3,'2026-11-23 09:00:00.000000','added','2026-11-23','unknown','',NULL,NULL,NULL,'Referred by Robin Patel','{"urgency": "normal", "priority": "normal", "trust": "some", "first_on": null}',0);
INSERT INTO "touches" VALUES(4,1,3,'2026-11-23 09:00:00.000000','replied','2026-11-23','unknown','','referred me',NULL,NULL,'','null',0);
INSERT INTO "touches" VALUES(5,3,6,'2026-11-23 09:00:00.000000','added','2026-11-23','unknown','',NULL,NULL,NULL,'','{"urgency": "normal", "priority": "normal", "trust": "some", "first_on": "2026-11-24"}',0);
INSERT INTO "touches" VALUES(6,4,8,'2026-11-24 17:00:00.000000','added','2026-11-24','unknown','',NULL,NULL,NULL,'','{"urgency": "normal", "priority": "normal", "trust": "some", "first_on": "2026-11-30"}',0);
INSERT INTO "touches" VALUES(7,5,9,'2026-11-24 17:00:00.000000','added','2026-11-24','unknown','',NULL,NULL,NULL,'','{"urgency": "normal", "priority": "normal", "trust": "some", "first_on": "2026-11-30"}',0);
INSERT INTO "touches" VALUES(8,4,10,'2026-11-30 08:00:00.000000','sent','2026-11-30','unknown','',NULL,NULL,NULL,'','null',0);
CREATE INDEX ix_arrivals_at ON arrivals (at);
CREATE INDEX ix_members_next_digest_at ON members (next_digest_at);
CREATE INDEX ix_accounts_left_at ON accounts (left_at);
CREATE INDEX ix_accounts_member_id ON accounts (member_id);
CREATE INDEX ix_contacts_member_id_key ON contacts (member_id, "key");
CREATE INDEX ix_kept_requests_at ON kept_requests (at);
CREATE INDEX ix_kept_requests_member_id ON kept_requests (member_id);
CREATE INDEX ix_link_codes_account_id ON link_codes (account_id);
CREATE INDEX ix_link_codes_at ON link_codes (at);
CREATE INDEX ix_link_codes_entered_id ON link_codes (entered_id);
CREATE INDEX ix_link_codes_member_id ON link_codes (member_id);
CREATE INDEX ix_clubs_next_at ON clubs (next_at);
CREATE INDEX ix_clubs_nudge_at ON clubs (nudge_at);
CREATE INDEX ix_clubs_shut_at ON clubs (shut_at);
CREATE INDEX ix_deliveries_not_before_id ON deliveries (not_before, id);
CREATE INDEX ix_deliveries_stuck ON deliveries (id) WHERE state IN ('held', 'dead');
CREATE INDEX ix_followups_contact_id ON followups (contact_id);
CREATE INDEX ix_followups_member_id_due_on ON followups (member_id, due_on);
CREATE INDEX ix_followups_referred_by ON followups (referred_by);
CREATE INDEX ix_changes_followup_id ON changes (followup_id);
CREATE INDEX ix_changes_member_id_undone_id ON changes (member_id, undone, id);
CREATE INDEX ix_insights_change_id ON insights (change_id);
CREATE INDEX ix_insights_member_id_key ON insights (member_id, "key");
CREATE INDEX ix_proofs_change_id ON proofs (change_id);
CREATE INDEX ix_proofs_member_id ON proofs (member_id);
CREATE INDEX ix_touches_change_id ON touches (change_id);
CREATE INDEX ix_touches_followup_id_id ON touches (followup_id, id);
CREATE INDEX ix_club_posts_account_id ON club_posts (account_id);
CREATE INDEX ix_club_posts_club_id ON club_posts (club_id);
CREATE INDEX ix_club_posts_member_id ON club_posts (member_id);
CREATE INDEX ix_memberships_account_id ON memberships (account_id);
CREATE INDEX ix_memberships_member_id ON memberships (member_id);
CREATE INDEX ix_organizers_account_id ON organizers (account_id);
CREATE INDEX ix_organizers_member_id ON organizers (member_id);
CREATE INDEX ix_buddies_club_id_week ON buddies (club_id, week);
CREATE INDEX ix_matches_first_id ON matches (first_id);
CREATE INDEX ix_matches_second_id ON matches (second_id);
CREATE INDEX ix_offers_account_id ON offers (account_id);
CREATE INDEX ix_offers_member_id ON offers (member_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('link_codes',1);
COMMIT;
