package holdfast.web;

import holdfast.incident.AckLinks;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.journal.Transaction;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where the link of a message leads: whoever holds its key may acknowledge that one incident, once.
 * Looking changes nothing, since mail scanners look at every link.
 */
@PageController
@RequestMapping("/incidents/{id}/ack")
class AckPage {

  private static final String USED =
      "This link is used up or too old. Sign in to see the incident.";

  private final Incidents incidents;
  private final AckLinks links;
  private final Transaction journal;

  AckPage(Incidents incidents, AckLinks links, Transaction journal) {
    this.incidents = incidents;
    this.links = links;
    this.journal = journal;
  }

  @Open
  @GetMapping
  String ask(@PathVariable String id, @RequestParam(defaultValue = "") String key, Model model) {
    boolean good = links.find(id, key).isPresent();
    return page(model, id, good ? key : null, good ? "" : USED, good);
  }

  @Open
  @PostMapping
  String confirm(
      @PathVariable String id, @RequestParam(defaultValue = "") String key, Model model) {
    boolean good = journal.in(() -> acknowledged(id, key));
    return page(model, id, null, good ? "Thank you. Nobody else is called." : USED, good);
  }

  private boolean acknowledged(String id, String key) {
    Optional<AckLinks.Link> link = links.use(id, key);
    link.ifPresent(used -> incidents.acknowledge(id, "link of " + used.recipient(), "link"));
    return link.isPresent();
  }

  /** The title is shown only to whoever holds a good key. */
  private String page(
      Model model,
      String id,
      @org.jspecify.annotations.Nullable String key,
      String sentence,
      boolean good) {
    model.addAttribute("id", id);
    model.addAttribute("key", key);
    model.addAttribute("sentence", sentence);
    model.addAttribute("title", good ? incidents.find(id).map(Incident::title).orElse("") : "");
    return "acknowledge";
  }
}
