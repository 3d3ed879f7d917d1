package holdfast.web;

import holdfast.incident.CustomerNotice;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incidents;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.notify.CustomerWords;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Notices for customers, for programs; an approval needs somebody with a name. */
@ApiController
@RequestMapping("/api/v1/incidents/{id}/notices")
class CustomerApi {

  /**
   * A draft; without title and body, the template's words.
   *
   * @param version the one that was changed; not asked for by a first draft
   */
  record TextRequest(
      int version,
      @Nullable String title,
      @Nullable String body,
      @Nullable List<String> channels) {}

  record VersionRequest(int version) {}

  private final CustomerNotices notices;
  private final CustomerWords words;
  private final Incidents incidents;

  CustomerApi(CustomerNotices notices, CustomerWords words, Incidents incidents) {
    this.notices = notices;
    this.words = words;
    this.incidents = incidents;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  List<CustomerNotice> list(@PathVariable String id) {
    return notices.of(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  CustomerNotice draft(
      @PathVariable String id, @RequestBody TextRequest request, Principal caller) {
    List<String> channels = request.channels() == null ? List.of() : request.channels();
    CustomerNotice.Text text =
        request.title() == null && request.body() == null
            ? new CustomerNotice.Text(shipped(id).title(), shipped(id).body(), channels)
            : text(request);
    return known(notices.draft(id, text, caller.getName()));
  }

  private CustomerNotice.Text shipped(String id) {
    return incidents
        .find(id)
        .map(words::of)
        .orElseThrow(() -> new NotThere("There is no incident %s.".formatted(id)));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{notice}")
  CustomerNotice write(
      @PathVariable String notice, @RequestBody TextRequest request, Principal caller) {
    notices.write(notice, request.version(), text(request), caller.getName());
    return known(notice);
  }

  @Needs(Role.ADMIN)
  @PostMapping("/{notice}/approve")
  CustomerNotice approve(
      @PathVariable String notice, @RequestBody VersionRequest request, Principal caller) {
    if (caller.getName().equals(ServiceToken.ACTOR)) {
      throw new RunException(
          Code.REFUSED,
          notice,
          false,
          "An approval needs somebody with a name: approve it on the page of the incident.");
    }
    notices.approve(notice, request.version(), caller.getName());
    return known(notice);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{notice}/discard")
  CustomerNotice discard(@PathVariable String notice, Principal caller) {
    notices.discard(notice, caller.getName());
    return known(notice);
  }

  private static CustomerNotice.Text text(TextRequest request) {
    return new CustomerNotice.Text(
        Given.text("title", request.title()),
        Given.prose("body", request.body()),
        request.channels() == null ? List.of() : request.channels());
  }

  private CustomerNotice known(String notice) {
    return notices
        .find(notice)
        .orElseThrow(() -> new NotThere("There is no notice %s.".formatted(notice)));
  }
}
