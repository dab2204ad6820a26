-- When somebody walked the route beforehand, and what they found: works, events.
alter table walks add column recce_day text;
alter table walks add column recce_found text;

-- Whether a stop is under a roof or inside: where a group goes in bad weather.
alter table walk_stops add column shelter boolean not null default false;
