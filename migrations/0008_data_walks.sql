-- A data walk: charts of a selection on the walls of a room.
create table data_walks (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    name text not null,
    day text not null,
    selection text not null,
    languages text not null
);
create index data_walks_of_neighbourhood on data_walks (neighbourhood_id, day, id);

-- Its charts. What they show is made from the pins; only what staff wrote in its stead is stored.
create table data_walk_stations (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    data_walk_id text not null references data_walks (id) on delete cascade,
    number bigint not null,
    kind text not null,
    titles text not null,
    prompts text not null,
    figures text not null
);
create index stations_of_data_walk on data_walk_stations (data_walk_id, number);

-- What a group read in a chart, with the chart as it was then. These people are counted by themselves, never among pins.
create table data_walk_responses (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    data_walk_id text not null references data_walks (id) on delete cascade,
    station_id text not null references data_walk_stations (id),
    recorder_id text not null,
    stance text not null,
    interpretation text not null,
    place_id text references places (id),
    new_place text,
    theme text,
    group_size bigint not null,
    stickers text,
    seen text not null,
    disputes boolean not null
);
create index responses_of_data_walk on data_walk_responses (data_walk_id, id);
create index responses_of_place on data_walk_responses (place_id);

-- So that a late repeat of an older put does not bring a deleted response back.
create table deleted_responses (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    data_walk_id text not null,
    recorder_id text not null
);
