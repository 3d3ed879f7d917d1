package holdfast.plan;

import java.util.Collection;
import java.util.List;

/** What must hold of the journal and of its backup. */
final class JournalRules {

  private final Section all;
  private final List<Finding> findings;

  JournalRules(Section all, List<Finding> findings) {
    this.all = all;
    this.findings = findings;
  }

  void check() {
    Section journal = all.section("journal");
    if (journal.has("url") != journal.has("user")) {
      findings.add(
          Finding.error(
              journal.origin(),
              "journal has %s without %s."
                  .formatted(
                      journal.has("url") ? "url" : "user", journal.has("url") ? "user" : "url"),
              "Write both or neither."));
    }
    if (journal.has("backup")) {
      backup(journal, journal.section("backup"));
    }
  }

  private void backup(Section journal, Section backup) {
    Collection<String> stores = all.named("stores", Section::key).keySet();
    Collection<String> keys = all.section("keys").named("recipients", Section::key).keySet();
    Collection<String> channels = all.named("channels", Section::key).keySet();
    References names = new References(all.tree(), findings);
    names.each(backup, "stores", "store", stores);
    names.each(backup, "recipients", "recipient", keys);
    names.each(backup, "channels", "channel", channels);
    ScheduleRules.when(backup, findings);
    if (journal.has("url") && !JournalAsset.reaches(journal.text("url"))) {
      findings.add(
          Finding.error(
              journal.origin("url"),
              "journal.url does not name one server, so its backup cannot reach it.",
              "Write one host, or back the journal up by other means and remove backup."));
    }
    if (all.named("connections", Section::key).containsKey(JournalAsset.CONNECTION)) {
      findings.add(
          Finding.error(
              all.section("connections").origin(JournalAsset.CONNECTION),
              "The connection '%s' is Holdfast's own.".formatted(JournalAsset.CONNECTION),
              "Give yours another name."));
    }
  }

  /** The journal's own system bears a name that is then nobody else's. */
  static void names(YamlTree application, List<YamlTree> systems, List<Finding> findings) {
    if (!new Section(application, "/holdfast/journal").has("backup")) {
      return;
    }
    systems.stream()
        .map(tree -> new Section(tree, ""))
        .filter(system -> system.text("system").equals(JournalAsset.ID.system()))
        .forEach(
            system ->
                findings.add(
                    Finding.error(
                        system.origin("system"),
                        "The system 'holdfast' is Holdfast's own.",
                        "Give yours another name.")));
  }
}
