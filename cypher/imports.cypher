// name: all_statements()
// What each document says of parties or services: names that importers hold the names in a file against.
// for: Party, Service
MATCH (document:Document)-[states:STATES]->(node:<label>)
RETURN node.id AS id, document.id AS document, coalesce(states.body, node.body) AS body
ORDER BY id, document

// name: flows_between_services()
// Which service sends to which, and which document says so.
MATCH (sender:Service)-[:SENDS]->(flow:Flow)-[:TO]->(recipient:Service)
RETURN sender.id AS sender, recipient.id AS recipient, flow.document AS document
ORDER BY sender, recipient, document

// name: ids()
// Every id of one kind.
// for: Country, TransferTool, Party
MATCH (node:<label>)
RETURN node.id AS id
ORDER BY id

// name: documents_with(ids)
// Which document states each of these activities.
UNWIND $ids AS id
MATCH (activity:Activity {id: id})
RETURN activity.id AS id, activity.document AS document
ORDER BY id
