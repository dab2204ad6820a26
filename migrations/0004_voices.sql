-- What a facilitator types on a tablet to leave it; a gathering from before has the one that staff changes first.
alter table gatherings add column leave_pin text not null default '0000';
-- Whether each person is asked who they are, or the table once.
alter table gatherings add column who_at text not null default 'person';

-- What the interviewer noted.
alter table participants add column note text;
-- The digest of the code on the participant's withdrawal slip.
alter table participants add column slip_digest text;
-- Whether they took back all they said; what an older letter still brings is then refused.
alter table participants add column withdrawn boolean not null default false;
create unique index participants_of_slip on participants (slip_digest);

-- What would help there, moderated together with the comment.
alter table pins add column help text;
alter table pins add column help_wording text;

-- What another participant says to a pin: that they feel so there too, or that they do not.
create table votes (
    pin_id text not null references pins (id) on delete cascade,
    participant_id text not null references participants (id),
    neighbourhood_id text not null references neighbourhoods (id),
    gathering_id text not null references gatherings (id),
    vote text not null,
    primary key (pin_id, participant_id)
);
create index votes_of_participant on votes (participant_id);
create index votes_of_gathering on votes (gathering_id);
create index votes_of_neighbourhood on votes (neighbourhood_id);
