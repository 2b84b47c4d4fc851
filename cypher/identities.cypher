// name: identities()
// Everything that was decided on who is who, and which document says so.
MATCH (identity:Identity)
RETURN identity.body AS body, identity.document AS document
ORDER BY identity.id

// name: mark(rows)
// Writes marks of parties.
UNWIND $rows AS row
MERGE (mark:Mark {id: row.id})
SET mark.key = row.key, mark.party = row.party

// name: unmark(ids)
// Takes away the marks of some parties.
UNWIND $ids AS id
MATCH (mark:Mark {party: id})
DELETE mark

// name: first_mark()
// One mark, if there is any.
MATCH (mark:Mark)
RETURN mark.key AS key
LIMIT 1

// name: marked(ids)
// The parties that have some marks, by the text of the mark, and how many; of those that thousands have, how many only.
UNWIND $ids AS key
MATCH (mark:Mark {key: key})
WITH key, collect(mark.party) AS parties
WITH key, parties, size(parties) AS number
RETURN key, CASE WHEN number > 1000 THEN [] ELSE parties END AS parties, number
ORDER BY key
