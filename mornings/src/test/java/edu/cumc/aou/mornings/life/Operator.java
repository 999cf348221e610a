package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.Abandonment;
import edu.cumc.aou.sync.run.Forgetting;
import edu.cumc.aou.sync.run.PlanDigest;
import edu.cumc.aou.sync.run.Retention;
import edu.cumc.aou.sync.run.Retries;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.KeepSettings;
import edu.cumc.aou.sync.testing.Draw;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The commands that an operator gives between the runs. */
final class Operator {

  private static final KeepSettings KEEP =
      new KeepSettings(Duration.ofHours(30), Duration.ofDays(3));

  private final Scene scene;

  Operator(Scene scene) {
    this.scene = scene;
  }

  private <T> T asking(Function<RunServices, T> command) {
    return asking(scene.open(), command);
  }

  private <T> T asking(RunServices services, Function<RunServices, T> command) {
    try {
      return command.apply(services);
    } finally {
      scene.leave(services);
    }
  }

  /** What a command does that may be refused, as its message says. */
  private boolean tried(RunServices services, Function<RunServices, ?> command) {
    try {
      asking(services, command);
      return true;
    } catch (SyncException e) {
      return false;
    }
  }

  String digest(RunId plan) {
    return asking(s -> PlanDigest.of(s.store().changes(), plan));
  }

  Set<PmiId> candidates() {
    return asking(s -> Retries.candidates(s.store()));
  }

  Optional<RunTable.Run> unfinished() {
    return asking(s -> s.store().runs().unfinished());
  }

  /**
   * Follows the messages about participants in review, and about a Contact that already has the PMI
   * ID of another: mends the automation first, then the Contacts.
   */
  private void mendKeys() {
    if (scene.site.names().stream()
        .map(Name::reason)
        .anyMatch(r -> r.matches("REVIEW|QUARANTINE|DUPLICATE_VALUE"))) {
      scene.hands.mendKeys();
    }
  }

  /** Releases the participants who are held; if asked, also those that an undo holds. */
  void release(boolean undone) {
    mendKeys();
    List<PmiId> held =
        scene.held().stream()
            .filter(n -> !n.reason().equals("FORGOTTEN"))
            .filter(n -> undone || !n.reason().equals("UNDO"))
            .filter(n -> !n.reason().equals("REVIEW") || !scene.hands.isUnfound(n.pmi()))
            .map(Name::pmi)
            .map(PmiId::new)
            .toList();
    if (!held.isEmpty()) {
      asking(
          s -> {
            s.store().holds().release(held);
            return held;
          });
    }
  }

  /** Refused while a run is unfinished. */
  void forget(Event event) {
    boolean done =
        tried(
            scene.open(SyncListener.NONE, scene.site.clock()),
            s ->
                Forgetting.forget(
                    s.store(),
                    List.of(new PmiId(scene.town.pmi(event.person()))),
                    scene.site.clock(),
                    new VirtualPause(scene.site.clock()),
                    "test",
                    Scene.LEASE));
    if (done) {
      scene.forgotten.add(scene.town.pmi(event.person()));
    }
  }

  void purge() {
    asking(s -> new Retention(s.store(), KEEP, () -> {}).purge(s.clock().instant(), 10));
  }

  /** Gives up the run that is unfinished, if there is one. */
  void abandon() {
    unfinished()
        .ifPresent(
            run ->
                tried(
                    scene.open(),
                    s ->
                        Abandonment.abandon(
                            s, run.id(), "test", Scene.LEASE, Duration.ofHours(1))));
  }

  /** Makes the store serve the org that is there by now; refused while a run holds it. */
  boolean rebind() {
    mendKeys();
    try {
      scene.site.rebind();
    } catch (SyncException e) {
      return false;
    }
    scene.lastDone = null;
    return true;
  }

  void changePolicy(Event event) {
    Draw draw = new Draw(event.detail());
    scene.changePolicy(
        draw.one("FirstName", "MailingCity", "Email", "HP_Participant_Status__c"),
        draw.one("overwrite", "never-clear", "fill-only"));
  }

  void takeFieldOut(Event event) {
    scene.changePolicy(
        new Draw(event.detail()).one("MailingState", "Phone", "HP_EHR_Consent_Status__c"), "off");
  }

  /** Fails if the run sent anything that the plan did not contain. */
  void judgeApproved(RunId plan, RunId run) {
    List<Sent> approved = scene.site.sent(plan);
    for (Sent sent : scene.site.sent(run)) {
      boolean was =
          approved.stream()
              .anyMatch(
                  a ->
                      a.pmi().equals(sent.pmi())
                          && a.contact() == sent.contact()
                          && a.action().equals(sent.action())
                          && a.values().equals(sent.values()));
      if (sent.state().equals("DONE") && !was) {
        scene.found(Law.NEVER, "something of " + sent.pmi() + " was sent that nobody approved");
      }
    }
  }
}
