package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields that every event of EventBridge has. */
record AwsEvent(JsonNode body, String type, String source) {

  static AwsEvent of(JsonNode body) {
    return new AwsEvent(body, Json.text(body, "detail-type"), Json.text(body, "source"));
  }

  static AwsEvent of(Event event) {
    return of(event.body());
  }

  boolean is() {
    return !type.isEmpty() && body.path("detail").isObject();
  }

  /** Whether it is an event of this service, or, without a service, of this type. */
  boolean from(String service, String typeStart) {
    return is() && (source.isEmpty() || source.equals(service)) && type.startsWith(typeStart);
  }

  JsonNode detail() {
    return body.path("detail");
  }

  String detail(String... path) {
    return Json.text(detail(), path);
  }

  String account() {
    return Json.text(body, "account");
  }

  String region() {
    return Json.text(body, "region");
  }

  /** The first resource named; may be empty. */
  String resource() {
    return Json.text(body.path("resources").path(0));
  }

  /** A draft with what every event gives; the format adds what it knows. */
  Draft draft(String kind) {
    return new Draft(kind)
        .event(body)
        .name(type)
        .about(resource(), account(), region())
        .title(type)
        .fact("type", type);
  }
}
