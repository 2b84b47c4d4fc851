// name: unique_id()
// Every kind of node has an id of its own, and finding a node by its id uses an index.
// for: Party, Service, Activity, Flow, DataItem, SubjectCategory, DataCategory, Purpose, LegalBasis, Country
// for: Regime, TransferTool, Event, Duty, Requirement, Claim, Remark, Use, Identity, Source, Document, Version, Part
// for: Register, Mark
CREATE CONSTRAINT IF NOT EXISTS FOR (node:<label>) REQUIRE node.id IS UNIQUE

// name: index_marks_by_key()
// Finding the parties that have a mark uses an index.
CREATE INDEX mark_key IF NOT EXISTS FOR (mark:Mark) ON (mark.key)

// name: index_marks_by_party()
// Finding the marks of a party uses an index.
CREATE INDEX mark_party IF NOT EXISTS FOR (mark:Mark) ON (mark.party)

// name: state()
// The one node that says in which state the register is: its layout, its revision and its law.
MATCH (register:Register {id: 'register'})
RETURN register.layout AS layout, register.revision AS revision, register.law AS law, register.unmarked AS unmarked

// name: set_layout(layout)
// Writes down which layout of nodes and edges this database has.
MERGE (register:Register {id: 'register'})
ON CREATE SET register.revision = 0, register.law = ''
SET register.layout = $layout

// name: lock_register(token)
// Lets loads queue up: whoever writes this node first goes first, the other waits or is tried again.
MATCH (register:Register {id: 'register'})
SET register.token = $token
RETURN register.revision AS revision

// name: set_state(revision, law)
// Writes down that the register has changed, and which law it holds now.
MATCH (register:Register {id: 'register'})
SET register.revision = $revision, register.law = $law

// name: set_unmarked(unmarked)
// Writes down that parties wait for their marks, or, with null, that none does.
MATCH (register:Register {id: 'register'})
SET register.unmarked = $unmarked

// name: add_countries(rows)
// Countries by their ISO codes; a name that is there stays.
UNWIND $rows AS row
MERGE (country:Country {id: row.id})
ON CREATE SET country.name = row.name
