package holdfast.notify;

import holdfast.journal.Event;
import holdfast.plan.Plans;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Turns an outbox row into a message, from the templates in {@code templates/messages}. */
public final class Messages {

  private final Words words;
  private final SpringTemplateEngine html = engine(TemplateMode.HTML, ".html");
  private final SpringTemplateEngine text = engine(TemplateMode.TEXT, ".txt");

  public Messages(Plans plans) {
    this.words = new Words(plans);
  }

  /** The message of a claimed row: its {@code id}, and its {@code event} as JSON. */
  public Message compose(Map<String, Object> row) {
    long id = ((Number) row.get("id")).longValue();
    String json = String.valueOf(row.get("event"));
    Event event = Event.read(json);
    Letter letter = words.of(event);
    return new Message(
        id,
        letter.subject(),
        Encoding.ascii(letter.subject(), Encoding.TOPIC_SUBJECT_MAX),
        text.process("letter", context(letter)),
        html.process("letter", context(letter)),
        Encoding.capped(text.process("slack", context(Encoding.slack(letter))), Encoding.SLACK_MAX),
        json,
        "Holdfast " + event.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        "holdfast:%s/%s".formatted(event.asset(), event.point() == null ? "-" : event.point()),
        "<outbox-%d.%s@holdfast>".formatted(id, event.runId().isEmpty() ? "none" : event.runId()));
  }

  private static Context context(Letter letter) {
    return new Context(Locale.ENGLISH, Map.of("letter", letter));
  }

  private static SpringTemplateEngine engine(TemplateMode mode, String suffix) {
    ClassLoaderTemplateResolver files =
        new ClassLoaderTemplateResolver(Messages.class.getClassLoader());
    files.setPrefix("templates/messages/");
    files.setSuffix(suffix);
    files.setTemplateMode(mode);
    files.setCharacterEncoding("UTF-8");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(files);
    return engine;
  }
}
