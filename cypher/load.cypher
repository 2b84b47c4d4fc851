// name: upsert(document, rows)
// Writes nodes that one document owns, or nobody, with all their properties; what a node had before and is not given
// now is gone.
// Property by property, although it is longer: the embedded graph keeps a word of this text once, a key in a row as
// often as there are rows, until the commit.
// for: Party, Service, Activity, Flow, SubjectCategory, DataCategory, Purpose, LegalBasis, Country
// for: Regime, TransferTool, Event, Duty, Requirement, Claim, Remark, Use, Identity, Source
UNWIND $rows AS row
MERGE (node:<label> {id: row.id})
SET node.body = row.body, node.name = row.name, node.search = row.search, node.document = $document,
    node.valid_from = row.valid_from, node.valid_until = row.valid_until, node.controller = row.controller,
    node.title = row.title, node.date = row.date

// name: upsert(rows)
// Writes nodes that are few, with all their properties.
// for: DataItem, Document, Version, Part
UNWIND $rows AS row
MERGE (node:<label> {id: row.id})
SET node = row

// name: connect(rows)
// Draws edges of one type between nodes that exist.
// for: Activity SENDS Flow, Service SENDS Flow, Flow TO Service, Flow CARRIES DataItem, Flow LOCATED_IN Country
// for: Party RESPONSIBLE_FOR Activity, Activity USES DataItem, Activity HAS_PURPOSE Purpose
// for: Activity RESTS_ON LegalBasis, Activity ON_BEHALF_OF Party, Party PROVIDES Service, Party ESTABLISHED_IN Country
// for: Regime LISTED_BY TransferTool, Party CLAIMS Claim
// for: Claim ABOUT Party, Claim ABOUT Service, Claim ABOUT Country
// for: Claim ABOUT TransferTool, Claim ABOUT Purpose, Claim ABOUT DataCategory, Claim ABOUT Activity
// for: Remark ABOUT Party, Remark ABOUT Claim, Identity ABOUT Party
// for: Party HAS_USE Use, Use ABOUT Service, Use FOR Activity, Use FOR Service, Service BUILDS_IN TransferTool
// for: DataItem OF SubjectCategory, DataItem IS DataCategory
// for: DataCategory BROADER DataCategory, SubjectCategory BROADER SubjectCategory, Purpose BROADER Purpose
// for: Document HAS_VERSION Version, Version HAS_PART Part
UNWIND $rows AS row
MATCH (source:<source> {id: row.source})
MATCH (target:<target> {id: row.target})
CREATE (source)-[:<type>]->(target)

// name: connect(rows)
// Draws edges that hold from a day until a day; a day that is not given is open.
// for: Flow RELIES_ON TransferTool, Party PART_OF Party, Party CERTIFIED_FOR TransferTool, Country UNDER Regime
UNWIND $rows AS row
MATCH (source:<source> {id: row.source})
MATCH (target:<target> {id: row.target})
CREATE (source)-[:<type> {valid_from: row.valid_from, valid_until: row.valid_until}]->(target)

// name: connect(rows)
// Draws the edges from facts to their sources: where it says so, and how directly.
// for: Flow STATED_IN Source, Activity STATED_IN Source, Service STATED_IN Source, Party STATED_IN Source
// for: Regime STATED_IN Source, TransferTool STATED_IN Source, Event STATED_IN Source, Country STATED_IN Source
// for: Duty STATED_IN Source, Requirement STATED_IN Source, Claim STATED_IN Source, Remark STATED_IN Source
// for: DataCategory STATED_IN Source, SubjectCategory STATED_IN Source, Purpose STATED_IN Source
// for: LegalBasis STATED_IN Source, Identity STATED_IN Source, Use STATED_IN Source
UNWIND $rows AS row
MATCH (source:<source> {id: row.source})
MATCH (target:<target> {id: row.target})
CREATE (source)-[:<type> {locator: row.locator, basis: row.basis}]->(target)

// name: connect(rows)
// Draws the edges from documents to the shared things they speak of. What a document says is written on the edge when
// others speak of the thing too; what one says alone is the body of the thing.
// for: Document STATES Source, Document STATES Party, Document STATES Service
UNWIND $rows AS row
MATCH (source:<source> {id: row.source})
MATCH (target:<target> {id: row.target})
CREATE (source)-[:<type> {body: row.body}]->(target)

// name: disconnect(ids)
// Takes away the edges that an entry drew itself: from it, where the entry is at the tail; how many it found.
// for: Flow TO Service, Flow CARRIES DataItem, Flow LOCATED_IN Country, Flow RELIES_ON TransferTool
// for: Flow STATED_IN Source, Activity USES DataItem, Activity HAS_PURPOSE Purpose, Activity RESTS_ON LegalBasis
// for: Activity ON_BEHALF_OF Party
// for: Activity STATED_IN Source, Service STATED_IN Source, Party ESTABLISHED_IN Country, Party PART_OF Party
// for: Party CERTIFIED_FOR TransferTool, Party STATED_IN Source, Regime LISTED_BY TransferTool
// for: Regime STATED_IN Source, TransferTool STATED_IN Source, Event STATED_IN Source, Country STATED_IN Source
// for: Duty STATED_IN Source, Requirement STATED_IN Source
// for: Claim STATED_IN Source, Claim ABOUT Party, Claim ABOUT Service, Claim ABOUT Country
// for: Claim ABOUT TransferTool, Claim ABOUT Purpose, Claim ABOUT DataCategory, Claim ABOUT Activity
// for: Remark ABOUT Party, Remark ABOUT Claim, Remark STATED_IN Source
// for: Identity ABOUT Party, Identity STATED_IN Source
// for: DataCategory BROADER DataCategory, SubjectCategory BROADER SubjectCategory, Purpose BROADER Purpose
// for: DataCategory STATED_IN Source, SubjectCategory STATED_IN Source, Purpose STATED_IN Source
// for: LegalBasis STATED_IN Source
// for: Use ABOUT Service, Use FOR Activity, Use FOR Service, Use STATED_IN Source, Service BUILDS_IN TransferTool
UNWIND $ids AS id
MATCH (:<source> {id: id})-[edge:<type>]->(:<target>)
DELETE edge
RETURN count(*) AS found

// name: disconnect_head(ids)
// Takes away the edges that an entry drew itself: towards it, where the entry is at the head; how many it found.
// for: Activity SENDS Flow, Service SENDS Flow, Party RESPONSIBLE_FOR Activity, Party PROVIDES Service
// for: Country UNDER Regime, Party CLAIMS Claim, Party HAS_USE Use
UNWIND $ids AS id
MATCH (:<target> {id: id})<-[edge:<type>]-(:<source>)
DELETE edge
RETURN count(*) AS found

// name: remove(ids)
// Removes nodes with their edges.
// for: Party, Service, Activity, Flow, SubjectCategory, DataCategory, Purpose, LegalBasis
// for: Regime, TransferTool, Event, Duty, Requirement, Claim, Remark, Use, Identity, Source, Document
UNWIND $ids AS id
MATCH (node:<label> {id: id})
DETACH DELETE node

// name: forget_country(ids)
// Takes away what a document said of countries; the countries stay, other facts need them.
UNWIND $ids AS id
MATCH (country:Country {id: id})
SET country.body = null, country.document = null, country.hash = null

// name: remove_idle_items(ids)
// Removes data items that no activity uses and no flow carries any more.
UNWIND $ids AS id
MATCH (item:DataItem {id: id})
WHERE NOT EXISTS { MATCH (item)<-[:USES|CARRIES]-() }
DETACH DELETE item

// name: ties(ids)
// For nodes that are about to go, when their own edges are gone already: what is still tied to them, a row for each.
// for: Party, Service, Activity, Flow, SubjectCategory, DataCategory, Purpose, LegalBasis, Regime, TransferTool
// for: Event, Duty, Requirement, Claim, Remark, Use, Identity, Source
UNWIND $ids AS id
MATCH (node:<label> {id: id})-[edge]-(other)
WHERE NOT other:Document
RETURN id, other.id AS tied, other.document AS document
ORDER BY id, tied

// name: existing(ids)
// Which of these ids exist, and which document declares each.
// for: Party, Service, Activity, Flow, SubjectCategory, DataCategory, Purpose, LegalBasis, Country, Regime
// for: TransferTool, Event, Duty, Requirement, Claim, Remark, Use, Identity, Source, DataItem
UNWIND $ids AS id
MATCH (node:<label> {id: id})
RETURN node.id AS id, node.document AS document
ORDER BY id

// name: similar(starts, most)
// Ids that begin in one of these ways, to suggest what somebody may have meant.
// for: Party, Service, Activity, SubjectCategory, DataCategory, Purpose, LegalBasis, Country, TransferTool, Claim
// for: Source, Flow, Regime, Event, Duty, Requirement, Remark, Use, Identity
MATCH (node:<label>)
WHERE any(start IN $starts WHERE node.id STARTS WITH start)
RETURN node.id AS id
ORDER BY id
LIMIT $most

// name: statements(ids)
// What each document says of these shared nodes.
// for: Party, Service, Source
// Begins at the thing, which few documents speak of: a document speaks of very many things.
UNWIND $ids AS id
MATCH (node:<label> {id: id})<-[states:STATES]-(document:Document)
RETURN node.id AS id, document.id AS document, coalesce(states.body, node.body) AS body
ORDER BY id, document

// name: uses_by(ids)
// How some parties use services, on whichever days, and which document says so.
UNWIND $ids AS party
MATCH (:Party {id: party})-[:HAS_USE]->(use:Use)
RETURN use.id AS id, use.document AS document, use.body AS body
ORDER BY id

// name: state_again(document, rows)
// Writes down what a document says now of shared nodes that it spoke of before; nothing when it is the only one.
// for: Party, Service, Source
UNWIND $rows AS row
MATCH (node:<label> {id: row.id})<-[states:STATES]-(document:Document)
WHERE document.id = $document
SET states.body = row.body

// name: unstate(document, ids)
// Takes away what a document said of shared nodes.
// for: Party, Service, Source
UNWIND $ids AS id
MATCH (node:<label> {id: id})<-[states:STATES]-(document:Document)
WHERE document.id = $document
DELETE states

// name: law_documents()
// The documents that hold law, with the hashes of their texts and the days from which on they are complete.
MATCH (document:Document)
WHERE document.has_law
RETURN document.id AS id, document.version AS version, document.hash AS hash,
       document.complete_from AS complete_from
ORDER BY id
