package edu.cumc.aou.mornings.life;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rules;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.plant.Planted;
import edu.cumc.aou.mornings.world.AlteredOrg;
import edu.cumc.aou.mornings.world.Site;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where a life takes place, and what has become of it so far. */
final class Scene {

  static final Duration LEASE = Duration.ofMinutes(5);

  /** Small populations reach any share; what guards do has sites of its own. */
  private static final String NO_GUARDS =
      """
      contact.account-id = 001Hx0000000001IAA
      guards { min-contacts = 0, min-journeys = 0, max-shrink = 100%, max-skipped = 100%
        max-rejected.share = 100%, max-inserts.share = 100%, max-updates.share = 100%
        max-clears.share = 100%, max-field-clears.share = 100%, max-withdrawals.share = 100% }
      """;

  private static final Config DEFAULTS = SyncSettings.defaults().resolve();

  final Schedule schedule;
  final Site site;
  final Town town;
  final Hands hands;
  final AlteredOrg altered;
  final Matrix matrix;
  final List<Source> loads = new ArrayList<>();
  final Set<String> forgotten = new HashSet<>();
  final Map<RunId, List<Org>> orgs = new HashMap<>();

  private final UnaryOperator<RunServices> fault;
  private final Map<RunServices, RunServices> opened = new IdentityHashMap<>();
  private final String hocon;
  private final Map<String, String> policies = new TreeMap<>();
  private final Set<String> changedPolicies = new HashSet<>();
  private final List<String> raised = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<Law> laws = new HashSet<>();
  private SyncSettings settings;
  int day;
  boolean leaseMayBeHeld;
  @Nullable RunId lastDone;

  Scene(Schedule schedule, Site site, @Nullable Planted planted, Matrix matrix) {
    this.schedule = schedule;
    this.site = site;
    this.fault = planted == null ? UnaryOperator.identity() : planted::around;
    if (planted != null) {
      site.tamper(planted::sent);
    }
    this.matrix = matrix;
    this.town = new Town(schedule.traits().dates());
    this.hands = new Hands(site, town);
    this.altered = new AlteredOrg(site);
    this.hocon =
        schedule.hocon()
            + schedule.traits().hocon(site.staff())
            + (planted == null ? "" : planted.hocon());
    this.settings = settings(hocon);
  }

  /** The settings of a site. */
  static SyncSettings settings(String hocon) {
    ConfigProblems problems = new ConfigProblems();
    SyncSettings settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString(NO_GUARDS + hocon).withFallback(DEFAULTS), problems));
    problems.throwIfAny();
    return settings;
  }

  SyncSettings settings() {
    return settings;
  }

  /** Gives a field another policy, or takes it out of the mapping with {@code off}. */
  void changePolicy(String field, String policy) {
    policies.put(field, policy);
    changedPolicies.add(field);
    configure();
  }

  /** Raises a guard, as its message advises. */
  void raise(String guard) {
    raised.add(
        guard.equals("guards.max-shrink")
            ? guard + " = 100%\n"
            : guard + " { number = 1000, share = 100% }\n");
    configure();
  }

  private void configure() {
    StringBuilder all = new StringBuilder(hocon);
    raised.forEach(all::append);
    policies.forEach(
        (field, policy) ->
            all.append(Town.isOfContact(field) ? "contact" : "journey")
                .append(".fields.")
                .append(field)
                .append(policy.equals("off") ? " = off\n" : ".policy = " + policy + "\n"));
    settings = settings(all.toString());
  }

  /** The rules that the judge is told. */
  Rules rules() {
    return new Rules(
        Map.copyOf(policies),
        Set.copyOf(changedPolicies),
        schedule.recreate(),
        altered.isShrunk() ? AlteredOrg.SHRUNK + "=" + AlteredOrg.SHRUNK_VALUE : "");
  }

  /** Whether a run has to refuse to begin, as things stand. */
  boolean mustRefuse(RunServices services) {
    return town.missing() != null
        || !altered.lost().isEmpty()
        || (altered.isRefreshed() && isOfOtherOrg(services));
  }

  private static boolean isOfOtherOrg(RunServices services) {
    String org = services.crm().org().id();
    return services.store().runs().boundOrg().filter(bound -> !bound.equals(org)).isPresent();
  }

  /** A process of one of the program's commands. */
  RunServices open() {
    return open(SyncListener.NONE, site.clock(), UnaryOperator.identity());
  }

  /** A process of the program, with the fault that is planted in it. */
  RunServices open(SyncListener listener, Clock clock) {
    return open(listener, clock, fault);
  }

  private RunServices open(SyncListener listener, Clock clock, UnaryOperator<RunServices> planted) {
    RunServices inner = site.open(settings, listener);
    RunServices outer =
        planted.apply(
            altered.around(
                new RunServices(
                    inner.source(), inner.crm(), inner.store(), clock, inner.pause(), listener)));
    opened.put(outer, inner);
    return outer;
  }

  /** That process is over. */
  void leave(RunServices services) {
    site.leave(opened.remove(services));
  }

  /** The first people. */
  void settle() {
    site.people().ifPresentOrElse(this::settle, () -> town.settle(schedule.people()));
    held().stream()
        .filter(n -> n.reason().equals("FORGOTTEN"))
        .map(Name::pmi)
        .forEach(forgotten::add);
  }

  /** An earlier version has read these people, and a run of today may finish what it planned. */
  private void settle(Source people) {
    town.settle(people);
    loads.add(people);
  }

  void load(boolean half, boolean reverted) {
    Source load = town.load(half, reverted);
    loads.add(load);
    site.columns(town.columns());
    site.load(town.shown(load));
  }

  Source today() {
    return loads.get(loads.size() - 1);
  }

  List<Name> held() {
    return site.names().stream().filter(n -> n.where().equals("HOLD")).toList();
  }

  void found(Law law, String text) {
    add(List.of(new Violation(law, text)));
  }

  void add(List<Violation> found) {
    for (Violation violation : found) {
      laws.add(violation.law());
      violations.add("day " + day + ", " + violation);
    }
  }

  boolean isGood() {
    return violations.isEmpty();
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  Set<Law> laws() {
    return laws;
  }
}
