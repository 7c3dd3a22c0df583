"""The programme: exercises, prescriptions, phases, gates and weeks, as pure functions of records and a day."""
