//! Two selections side by side: where they differ more than chance among people would make them.
