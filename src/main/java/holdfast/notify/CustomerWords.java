package holdfast.notify;

import holdfast.incident.CustomerNotice;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incident;
import holdfast.notify.Letter.Fact;
import holdfast.notify.Letter.Tone;
import holdfast.plan.Plans;
import java.time.ZoneOffset;
import java.util.List;

/** What a notice for customers begins as: the template, with what is known of the incident. */
public final class CustomerWords {

  private final Templates templates;

  public CustomerWords(Plans plans) {
    this.templates = new Templates(plans.home());
  }

  /** A first draft, with a gap in brackets wherever a person has to say something. */
  public CustomerNotice.Text of(Incident incident) {
    String[] parts =
        templates.render(Templates.Name.BREACH, letter(incident)).strip().split("\n", 2);
    return new CustomerNotice.Text(
        Encoding.line(parts[0], CustomerNotices.TITLE_MAX),
        Encoding.prose(parts.length > 1 ? parts[1].strip() : "", CustomerNotices.BODY_MAX),
        List.of());
  }

  /** The incident's own title and text are for the inside: nothing of them stands here. */
  private static Letter letter(Incident incident) {
    String where = incident.system() == null ? "our service" : incident.system();
    return Encoding.lines(
        new Letter(
            Tone.WARNING,
            "Notice of an incident at " + where,
            where,
            "",
            "",
            "There was an incident at %s.".formatted(where),
            List.of(
                new Fact("Began", Amounts.moment(incident.beganAt(), ZoneOffset.UTC)),
                new Fact("Noticed", Amounts.moment(incident.openedAt(), ZoneOffset.UTC))),
            "",
            ""));
  }
}
