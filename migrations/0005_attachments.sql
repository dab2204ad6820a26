-- A photo and a voice note beside a pin, as base64 text, one of each at most; gone with their pin. `put_digest` tells
-- whether a device sends the same once more: then what a moderator did to it stays. The content stands last, so that the
-- rest is read without it.
create table attachments (
    id text primary key,
    pin_id text not null references pins (id) on delete cascade,
    kind text not null,
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    media text not null,
    duration_ms bigint,
    caption text,
    moderation text not null,
    hidden_because text,
    put_digest text not null,
    content text not null,
    unique (pin_id, kind)
);
create index attachments_in_moderation on attachments (neighbourhood_id, moderation, id);
