// name: identities()
// Everything that was decided on who is who, and which document says so.
MATCH (identity:Identity)
RETURN identity.body AS body, identity.document AS document
ORDER BY identity.id

// name: every_party()
// What the documents together say of each party.
MATCH (party:Party)
RETURN party.body AS body
ORDER BY party.id

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

// name: marked(keys, most)
// The parties that have some marks; of a mark that very many have, the first ones only.
UNWIND $keys AS key
MATCH (mark:Mark {key: key})
WITH key, mark.party AS party ORDER BY party
WITH key, collect(party) AS parties
RETURN key, parties[0..$most] AS parties
ORDER BY key
