-- A walk along stops that a group looks at together.
create table walks (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    name text not null,
    kind text not null,
    day text not null,
    start text not null,
    selection text not null,
    round_trip boolean not null,
    step_free boolean not null,
    speed_km_h double precision not null,
    minutes_per_stop bigint not null,
    people bigint not null,
    leader text not null,
    phone text not null,
    rules text,
    over_limit boolean not null,
    pair_id text
);
create index walks_of_neighbourhood on walks (neighbourhood_id, day, start, id);

-- Where a walk halts. One that was taken out stays, so that what was seen there keeps its place.
create table walk_stops (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    walk_id text not null references walks (id) on delete cascade,
    number bigint not null,
    name text not null,
    lon double precision not null,
    lat double precision not null,
    place_id text references places (id),
    kind text,
    question text,
    given boolean not null,
    removed boolean not null
);
create index stops_of_walk on walk_stops (walk_id, number, id);
create index stops_at_place on walk_stops (place_id);

-- What the people with one phone saw at one stop. Never a pin, and never counted as one.
create table walk_observations (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    walk_id text not null references walks (id) on delete cascade,
    stop_id text not null references walk_stops (id) on delete cascade,
    recorder_id text not null,
    told text not null,
    unique (recorder_id, stop_id)
);
create index observations_of_walk on walk_observations (walk_id, id);
create index observations_of_stop on walk_observations (stop_id);

-- What was deleted stays deleted, however late an older put arrives.
create table deleted_observations (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    walk_id text not null,
    recorder_id text not null
);

-- A photo beside an observation, as base64 text. `put_digest` tells whether a phone sends the same once more: then what
-- was decided about it stays.
create table walk_photos (
    observation_id text primary key references walk_observations (id) on delete cascade,
    neighbourhood_id text not null references neighbourhoods (id),
    walk_id text not null,
    moderation text not null,
    put_digest text not null,
    content text not null
);
