// name: activities_of(controllers, on)
// The activities of some controllers that take place on a day.
UNWIND $controllers AS controller
MATCH (:Party {id: controller})-[:RESPONSIBLE_FOR]->(activity:Activity)
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $on)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: activities_on(on)
// The activities of everybody that take place on a day.
MATCH (activity:Activity)
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $on)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: activities_by_id(ids, on)
// Those of some activities that take place on a day.
UNWIND $ids AS id
MATCH (activity:Activity {id: id})
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $on)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: flows_from(ids, on)
// One level down: the flows that some activities or services send on a day.
// for: Activity, Service
UNWIND $ids AS id
MATCH (:<label> {id: id})-[:SENDS]->(flow:Flow)
WHERE (flow.valid_from IS NULL OR flow.valid_from <= $on)
  AND (flow.valid_until IS NULL OR flow.valid_until >= $on)
RETURN flow.body AS body

// name: flows_to(ids, on)
// One level up: the flows that some services receive on a day.
UNWIND $ids AS id
MATCH (flow:Flow)-[:TO]->(:Service {id: id})
WHERE (flow.valid_from IS NULL OR flow.valid_from <= $on)
  AND (flow.valid_until IS NULL OR flow.valid_until >= $on)
RETURN flow.body AS body

// name: services_by_id(ids)
// Some services.
UNWIND $ids AS id
MATCH (service:Service {id: id})
RETURN service.body AS body
ORDER BY service.id

// name: services_of(parties)
// The services that some parties provide.
UNWIND $parties AS party
MATCH (:Party {id: party})-[:PROVIDES]->(service:Service)
RETURN service.body AS body
ORDER BY service.id

// name: parties_by_id(ids)
// Some parties.
UNWIND $ids AS id
MATCH (party:Party {id: id})
RETURN party.body AS body
ORDER BY party.id

// name: regimes()
// All regimes: what the law says of each country in each period.
MATCH (regime:Regime)
RETURN regime.body AS body
ORDER BY regime.id

// name: tools()
// All transfer tools.
MATCH (tool:TransferTool)
RETURN tool.body AS body
ORDER BY tool.id

// name: broader()
// For each word that has a broader one: the word and its body.
// for: DataCategory, SubjectCategory
MATCH (word:<label>)
RETURN word.body AS body
ORDER BY word.id
