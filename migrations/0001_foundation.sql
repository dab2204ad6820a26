-- The SQL both databases understand: text, bigint, double precision, boolean; times in milliseconds; lists of words with commas.

create table neighbourhoods (
    id text primary key,
    slug text not null unique,
    name text not null,
    boundary text not null,
    languages text not null,
    themes text not null,
    basemap text not null,
    sigma_m double precision not null,
    retention_days bigint not null
);

create table persons (
    id text primary key,
    email text not null unique,
    name text not null,
    password text not null,
    owner boolean not null
);

create table roles (
    neighbourhood_id text not null references neighbourhoods (id),
    person_id text not null references persons (id),
    role text not null,
    primary key (neighbourhood_id, person_id)
);

create table sign_ins (
    token_digest text primary key,
    person_id text not null references persons (id),
    expires_ms bigint not null
);

-- One-time addresses: without a person, the one that makes the owner.
create table sign_in_links (
    token_digest text primary key,
    person_id text references persons (id),
    expires_ms bigint not null
);

create table gatherings (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    kind text not null,
    name text not null,
    round text not null,
    held_on text not null,
    code text not null unique,
    phase text not null,
    pin_budget bigint,
    questions text not null
);
create index gatherings_of_neighbourhood on gatherings (neighbourhood_id);

create table devices (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    name text not null,
    token_digest text not null unique,
    unique (gathering_id, name)
);

create table participants (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    device_id text not null references devices (id),
    label text not null,
    age text,
    gender text,
    role text,
    unique (gathering_id, label)
);

-- No time of creation: what is known of when is the gathering's date.
create table pins (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    participant_id text not null references participants (id),
    device_id text not null references devices (id),
    lon double precision not null,
    lat double precision not null,
    feeling text not null,
    intensity bigint,
    radius_m bigint not null,
    precision_m bigint,
    when_parts text not null,
    days text not null,
    frequency text,
    effect text,
    themes text not null,
    basis text not null,
    comment text,
    lang text,
    moderation text,
    wording text,
    hidden_because text
);
create index pins_of_neighbourhood on pins (neighbourhood_id, id);
create index pins_of_participant on pins (participant_id);
create index pins_of_gathering on pins (gathering_id, participant_id);
create index pins_in_moderation on pins (neighbourhood_id, moderation, id);

-- So that a late repeat of an older put does not bring a deleted pin back.
create table deleted_pins (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    device_id text not null references devices (id)
);

create table wrong_codes (
    minute bigint primary key,
    tries bigint not null
);
