-- Who does what on a walk beside who leads it; empty where nobody said.
alter table walks add column scribe text not null default '';
alter table walks add column photographer text not null default '';
-- Walks at the back and minds the time.
alter table walks add column timekeeper text not null default '';
-- Listens and does not defend.
alter table walks add column guest text not null default '';
