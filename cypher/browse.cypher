// name: browse(words, skip, most)
// A page of things whose id, name or alias holds all of the words, by id.
// for: Party, Service, Activity, Country, Source, Claim, Regime, TransferTool, Event, Duty, Requirement, Remark, Use
// for: Identity
// for: DataCategory, SubjectCategory, Purpose, LegalBasis
MATCH (node:<label>)
WHERE all(word IN $words WHERE toLower(node.id) CONTAINS word OR toLower(node.name) CONTAINS word
                             OR coalesce(node.search, '') CONTAINS word)
RETURN node.id AS id, node.name AS name, node.body AS body
ORDER BY id
SKIP $skip
LIMIT $most

// name: browse(words, skip, most)
// A page of flows whose entry holds all of the words, by id. A flow has no name to be found by, and no text besides it.
// for: Flow
MATCH (node:<label>)
WHERE all(word IN $words WHERE toLower(node.body) CONTAINS word)
RETURN node.id AS id, node.name AS name, node.body AS body
ORDER BY id
SKIP $skip
LIMIT $most

// name: count(words)
// How many things hold all of the words in id, name or alias.
// for: Party, Service, Activity, Country, Source, Claim, Regime, TransferTool, Event, Duty, Requirement, Remark, Use
// for: Identity
// for: DataCategory, SubjectCategory, Purpose, LegalBasis
MATCH (node:<label>)
WHERE all(word IN $words WHERE toLower(node.id) CONTAINS word OR toLower(node.name) CONTAINS word
                             OR coalesce(node.search, '') CONTAINS word)
RETURN count(node) AS total

// name: count(words)
// How many flows hold all of the words in their entry.
// for: Flow
MATCH (node:<label>)
WHERE all(word IN $words WHERE toLower(node.body) CONTAINS word)
RETURN count(node) AS total

// name: one(id)
// One thing by its id.
// for: Party, Service, Activity, Flow, Country, Source, Claim, Regime, TransferTool, Event, Duty, Requirement, Remark, Use
// for: Identity
// for: DataCategory, SubjectCategory, Purpose, LegalBasis
MATCH (node:<label> {id: $id})
RETURN node.id AS id, node.name AS name, node.body AS body

// name: controllers()
// Every party that answers for an activity.
MATCH (party:Party)
WHERE EXISTS { MATCH (party)-[:RESPONSIBLE_FOR]->(:Activity) }
RETURN party.id AS id, party.name AS name
ORDER BY id

// name: totals()
// How many nodes of one kind the register holds.
// for: Party, Service, Activity, Flow, Claim, Source, Document, Regime, TransferTool
MATCH (node:<label>)
RETURN count(node) AS total
