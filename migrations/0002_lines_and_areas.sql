-- The line or area that a pin means, as the text of a GeoJSON geometry; null for a point. lon and lat are a point on it.
alter table pins add column shape text;
