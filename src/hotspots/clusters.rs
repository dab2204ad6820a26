//! Dense groups of people: DBSCAN over deduplicated pins, counting distinct participants.
