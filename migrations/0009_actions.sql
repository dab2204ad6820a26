-- A promise about one or more places. A removed one stays, so that what referred to it can be read.
create table actions (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    problem text not null,
    goal text not null,
    measure text not null,
    kind text not null,
    lever text,
    owner text,
    co_owner text,
    cost text,
    due text,
    status text not null,
    reason text,
    proposed_on text not null,
    answer_due text not null,
    answered_on text,
    indicator text,
    review_on text,
    public_text text,
    came_from text,
    evidence text not null,
    removed boolean not null
);
create index actions_of_neighbourhood on actions (neighbourhood_id, id);

create table action_places (
    action_id text not null references actions (id),
    place_id text not null references places (id),
    neighbourhood_id text not null references neighbourhoods (id),
    number bigint not null,
    primary key (action_id, place_id)
);
create index actions_of_place on action_places (place_id);

-- Every status that it had, the first one included.
create table action_steps (
    id text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    action_id text not null references actions (id),
    number bigint not null,
    status text not null,
    day text not null,
    at_ms bigint not null,
    reason text,
    unique (action_id, number)
);

-- How many people were for it, once for each occasion on which they were asked.
create table action_votes (
    action_id text not null references actions (id),
    source text not null,
    neighbourhood_id text not null references neighbourhoods (id),
    people bigint not null,
    primary key (action_id, source)
);

-- "You said, we did": what is written of a place, and what was published of it. A published one never changes.
create table answer_drafts (
    place_id text primary key references places (id),
    neighbourhood_id text not null references neighbourhoods (id),
    said text not null,
    did text not null,
    will_not text not null,
    you_can text not null,
    next_check text,
    lang text not null
);

create table answers (
    slug text primary key,
    neighbourhood_id text not null references neighbourhoods (id),
    place_id text not null references places (id),
    neighbourhood_name text not null,
    place_name text not null,
    said text not null,
    did text not null,
    will_not text not null,
    you_can text not null,
    next_check text,
    lang text not null,
    shown text not null,
    approved_by text not null,
    published_on text not null,
    published_ms bigint not null
);
create index answers_of_place on answers (place_id, published_ms);
