-- A hotspot or a spot that people named and kept. A removed one stays, so that its history can be read.
create table places (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    name text not null,
    origin text not null,
    kind text,
    ground text not null,
    lon double precision not null,
    lat double precision not null,
    removed boolean not null,
    changed_ms bigint not null
);
create index places_of_neighbourhood on places (neighbourhood_id, id);

-- What staff did with a place.
create table place_acts (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    place_id text not null references places (id),
    act text not null,
    at_ms bigint not null,
    name text not null,
    other_place_id text references places (id),
    selection text,
    picture text
);
create index acts_of_place on place_acts (place_id, at_ms);

-- What the pins said of a place, once for each date that had a gathering: numbers of an area, never pins.
create table place_pictures (
    neighbourhood_id text not null references neighbourhoods (id),
    place_id text not null references places (id),
    day text not null,
    found boolean not null,
    picture text,
    ground text,
    together text not null,
    parts text not null,
    at_ms bigint not null,
    primary key (place_id, day)
);
create index pictures_of_neighbourhood on place_pictures (neighbourhood_id, day);
