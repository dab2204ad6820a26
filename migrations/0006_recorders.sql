-- The code with which phones join a walk or a data walk.
create table recorder_codes (
    code text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    task text not null,
    about_id text not null,
    unique (task, about_id)
);

-- A phone or tablet on which somebody notes what a group sees on a walk or reads at a station.
create table recorders (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    task text not null,
    about_id text not null,
    token_digest text not null unique
);
create index recorders_of_task on recorders (task, about_id);
