// name: document(id)
// One loaded document.
MATCH (document:Document {id: $id})
RETURN document.id AS id, document.title AS title, document.version AS version, document.hash AS hash,
       document.recorded AS recorded, document.revisions AS revisions

// name: documents(skip, most)
// The loaded documents, by id.
MATCH (document:Document)
RETURN document.id AS id, document.title AS title, document.version AS version, document.hash AS hash,
       document.recorded AS recorded, document.revisions AS revisions
ORDER BY id
SKIP $skip
LIMIT $most

// name: count_documents()
// How many documents are loaded.
MATCH (document:Document)
RETURN count(document) AS total

// name: versions(document)
// Every version of a document that was ever loaded, the first one first; also of a document that was removed since.
MATCH (version:Version)
WHERE version.document = $document
RETURN version.number AS number, version.hash AS hash, version.recorded AS recorded, version.size AS size,
       version.action AS action
ORDER BY number

// name: version_parts(id)
// The text of one version, compressed and cut into parts.
MATCH (:Version {id: $id})-[:HAS_PART]->(part:Part)
RETURN part.text AS text
ORDER BY part.place

// name: last_recorded()
// When something was loaded or removed last; nothing when that never happened.
MATCH (version:Version)
RETURN max(version.recorded) AS recorded
