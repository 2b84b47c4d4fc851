// name: activities_of(controllers, on, until)
// The activities of some controllers that take place on a day, or on some day up to another one.
UNWIND $controllers AS controller
MATCH (:Party {id: controller})-[:RESPONSIBLE_FOR]->(activity:Activity)
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $until)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: activities_on(on, until)
// The activities of everybody that take place on a day, or on some day up to another one.
MATCH (activity:Activity)
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $until)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: controllers_on(on, until)
// Everybody who answers for an activity that takes place on a day, or on some day up to another one.
MATCH (activity:Activity)
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $until)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN DISTINCT activity.controller AS id
ORDER BY id

// name: speakers()
// Everybody who says something in public, or about whom readers noticed something.
MATCH (party:Party)
WHERE EXISTS { MATCH (party)-[:CLAIMS]->(:Claim) } OR EXISTS { MATCH (party)<-[:ABOUT]-(:Remark) }
RETURN party.id AS id
ORDER BY id

// name: activities_by_id(ids, on, until)
// Those of some activities that take place on a day, or on some day up to another one.
UNWIND $ids AS id
MATCH (activity:Activity {id: id})
WHERE (activity.valid_from IS NULL OR activity.valid_from <= $until)
  AND (activity.valid_until IS NULL OR activity.valid_until >= $on)
RETURN activity.body AS body
ORDER BY activity.controller, activity.id

// name: flows_from(ids, on, until)
// One level down: the flows that some activities or services send on a day, or on some day up to another one.
// for: Activity, Service
UNWIND $ids AS id
MATCH (:<label> {id: id})-[:SENDS]->(flow:Flow)
WHERE (flow.valid_from IS NULL OR flow.valid_from <= $until)
  AND (flow.valid_until IS NULL OR flow.valid_until >= $on)
RETURN flow.body AS body

// name: flows_to(ids, on, until)
// One level up: the flows that some services receive on a day, or on some day up to another one.
UNWIND $ids AS id
MATCH (:Service {id: id})<-[:TO]-(flow:Flow)
WHERE (flow.valid_from IS NULL OR flow.valid_from <= $until)
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

// name: services_of_nobody()
// The services that nobody is known to provide.
MATCH (service:Service)
WHERE NOT EXISTS { MATCH (:Party)-[:PROVIDES]->(service) }
RETURN service.body AS body
ORDER BY service.id

// name: uses_of(parties, on, until)
// How some parties use services on a day, or on some day up to another one.
UNWIND $parties AS party
MATCH (:Party {id: party})-[:HAS_USE]->(use:Use)
WHERE (use.valid_from IS NULL OR use.valid_from <= $until)
  AND (use.valid_until IS NULL OR use.valid_until >= $on)
RETURN use.body AS body
ORDER BY use.id

// name: parties_within(ids)
// One level down: the parties that are or were part of some groups.
UNWIND $ids AS id
MATCH (:Party {id: id})<-[:PART_OF]-(party:Party)
RETURN DISTINCT party.id AS id
ORDER BY id

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

// name: events()
// All days on which the law changed or may change.
MATCH (event:Event)
RETURN event.body AS body
ORDER BY event.id

// name: duties()
// All duties to tell somebody of a breach.
MATCH (duty:Duty)
RETURN duty.body AS body
ORDER BY duty.id

// name: requirements()
// All of what has to be said, recorded or arranged.
MATCH (requirement:Requirement)
RETURN requirement.body AS body
ORDER BY requirement.id

// name: terms()
// All words of one part of the vocabulary.
// for: DataCategory, SubjectCategory, Purpose, LegalBasis
MATCH (word:<label>)
RETURN word.body AS body
ORDER BY word.id

// name: claims_of(parties)
// What some parties say in public.
UNWIND $parties AS party
MATCH (:Party {id: party})-[:CLAIMS]->(claim:Claim)
RETURN claim.body AS body
ORDER BY claim.id

// name: all_claims()
// What everybody says in public.
MATCH (claim:Claim)
RETURN claim.body AS body
ORDER BY claim.id

// name: all_remarks()
// What readers noticed about everybody.
MATCH (remark:Remark)
RETURN remark.body AS body
ORDER BY remark.id

// name: remarks_of(parties)
// What readers noticed about some parties.
UNWIND $parties AS party
MATCH (:Party {id: party})<-[:ABOUT]-(remark:Remark)
RETURN remark.body AS body
ORDER BY remark.id

// name: sources_by_id(ids)
// Some sources.
UNWIND $ids AS id
MATCH (source:Source {id: id})
RETURN source.body AS body
ORDER BY source.id

// name: services_located(countries)
// The services that keep or read data in some countries.
UNWIND $countries AS country
MATCH (:Country {id: country})<-[:LOCATED_IN]-(:Flow)-[:TO]->(service:Service)
RETURN DISTINCT service.id AS id
ORDER BY id

// name: services_established(countries)
// The services of parties that are established in some countries.
UNWIND $countries AS country
MATCH (:Country {id: country})<-[:ESTABLISHED_IN]-(:Party)-[:PROVIDES]->(service:Service)
RETURN DISTINCT service.id AS id
ORDER BY id

// name: services_relying(tools)
// The services that flows go to which rely on some transfer tools.
UNWIND $tools AS tool
MATCH (:TransferTool {id: tool})<-[:RELIES_ON]-(:Flow)-[:TO]->(service:Service)
RETURN DISTINCT service.id AS id
ORDER BY id

// name: services_certified(tools)
// The services of parties that are on the lists of some transfer tools.
UNWIND $tools AS tool
MATCH (:TransferTool {id: tool})<-[:CERTIFIED_FOR]-(:Party)-[:PROVIDES]->(service:Service)
RETURN DISTINCT service.id AS id
ORDER BY id
