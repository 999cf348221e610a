package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.audit.SetHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The audit trail of {@link InMemorySyncStore}. */
public final class InMemoryAuditTable implements AuditTable {

  private static final Set<Change.State> ENDS =
      EnumSet.of(
          Change.State.DONE, Change.State.FAILED, Change.State.REFUSED, Change.State.UNKNOWN);

  private static final String WHO = "a test";

  private record Place(RunId run, long seq) {}

  private record Kept(@Nullable String subject, @Nullable String nonce, String hash) {
    Kept blank() {
      return new Kept(null, null, hash);
    }
  }

  private record OfRecord(long batch, @Nullable String nonce, String hash) {}

  /** A decision or hold in force, by its key. */
  private record InForce(
      @Nullable String nonce, @Nullable String leaf, List<@Nullable String> content) {}

  private final CallGate gate;
  private final Clock clock;
  private final Random random = new Random(14);
  private final List<Row> rows = new ArrayList<>();
  private final Map<Long, NavigableMap<Long, Kept>> leaves = new HashMap<>();
  private final Map<Place, OfRecord> ofRecords = new HashMap<>();
  private final Set<RunId> purged = new HashSet<>();
  private final NavigableMap<String, InForce> inForce = new TreeMap<>();
  private SetHash standing = SetHash.EMPTY;
  private InMemoryChangeTable changes;
  private Head head = Head.NONE;
  private Head verified = Head.NONE;

  InMemoryAuditTable(CallGate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  void over(InMemoryChangeTable table) {
    changes = table;
  }

  @Override
  public Head head() {
    return gate.uncounted(() -> head);
  }

  @Override
  public Head append(Entry entry) {
    return gate.counted(() -> enter(entry));
  }

  /** Adds a row. The caller holds the gate. */
  Head enter(Entry entry) {
    long batch = 0;
    AuditHash.Tree tree = new AuditHash.Tree();
    if (!entry.subjects().isEmpty()) {
      batch = 1 + (random.nextLong() >>> 2);
      NavigableMap<Long, Kept> kept = leaves.computeIfAbsent(batch, b -> new TreeMap<>());
      for (String subject : entry.subjects()) {
        String nonce = nonce();
        String leaf = AuditHash.leaf(nonce, List.of(subject));
        kept.put((long) kept.size(), new Kept(subject, nonce, leaf));
        tree.add(leaf);
      }
    }
    return enter(entry, batch, entry.people(), tree.root());
  }

  private Head enter(Entry entry, long batch, long records, String root) {
    if (head.seq() == 0) {
      insert(Entry.of(Kind.START, null, Map.of("runs-before", "0", LAST_RUN, "0")), 0, 0, "");
    }
    insert(entry, batch, records, root);
    return head;
  }

  /** A decision or hold is in force from now on. The caller holds the gate, and adds the row. */
  void came(String key, List<@Nullable String> content) {
    went(key);
    String nonce = nonce();
    String leaf = AuditHash.leaf(nonce, content);
    inForce.put(key, new InForce(nonce, leaf, content));
    standing = standing.with(List.of(leaf));
  }

  /** A decision or hold is in force no more. The caller holds the gate, and adds the row. */
  void went(String key) {
    InForce before = inForce.remove(key);
    if (before != null && before.leaf() != null) {
      standing = standing.without(List.of(before.leaf()));
    }
  }

  @Override
  public Cursor<Standing> standing() {
    return gate.uncounted(
        () ->
            Cursor.of(
                inForce.values().stream()
                    .map(e -> new Standing(e.leaf(), e.nonce(), e.content()))
                    .toList()
                    .iterator()));
  }

  private void takeIn() {
    standing = SetHash.EMPTY;
    Map.copyOf(inForce).forEach((key, e) -> inForce.put(key, new InForce(null, null, e.content())));
    Map.copyOf(inForce).forEach((key, e) -> came(key, e.content()));
  }

  private void insert(Entry said, long batch, long records, String root) {
    if (said.kind() == Kind.ACCEPTED
        && Flaw.STANDING_ALTERED.name().equals(said.what().get(FAULT))) {
      takeIn();
    }
    TreeMap<String, String> what = new TreeMap<>(said.what());
    what.put(STANDING, standing.digest());
    Entry entry = new Entry(said.kind(), said.run(), what, said.people(), said.subjects());
    Row row =
        AuditHash.row(
            head,
            clock.instant(),
            entry.kind().name(),
            WHO,
            entry.run(),
            batch,
            records,
            entry.what(),
            root,
            head.seq() + 1);
    rows.add(row);
    head = row.head();
    if (entry.kind() == Kind.PURGE && entry.run() != null) {
      purged.add(entry.run());
    }
  }

  private String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return AuditHash.nonce(bytes);
  }

  /** These rows of a run got an outcome. The caller holds the gate. */
  void settled(RunId run, List<Long> seqs) {
    long batch = 1 + (random.nextLong() >>> 2);
    AuditHash.Tree tree = new AuditHash.Tree();
    TreeMap<String, String> what = new TreeMap<>();
    long again = 0;
    for (long seq : seqs) {
      Place place = new Place(run, seq);
      OfRecord before = ofRecords.remove(place);
      if (before != null) {
        again++;
        leaves
            .computeIfAbsent(before.batch(), b -> new TreeMap<>())
            .put(seq, new Kept(null, null, before.hash()));
      }
      Change change = changes.at(run, seq);
      if (change != null && isSent(change)) {
        String nonce = nonce();
        String leaf = AuditHash.leaf(nonce, content(run, change));
        ofRecords.put(place, new OfRecord(batch, nonce, leaf));
        tree.add(leaf);
        what.putIfAbsent("first", Long.toString(seq));
        what.put("last", Long.toString(seq));
      }
    }
    if (again > 0) {
      what.put(LEAVES, Long.toString(again));
    }
    if (again > 0 || tree.leaves() > 0) {
      Head unused =
          enter(
              Entry.of(Kind.WRITES, run, what),
              tree.leaves() == 0 ? 0 : batch,
              tree.leaves(),
              tree.root());
    }
  }

  private static boolean isSent(Change change) {
    return ENDS.contains(change.state())
        && (change.attempts() > 0 || change.state() == Change.State.DONE)
        && change.action() != Change.Action.NOTE
        && change.action() != Change.Action.REJECT;
  }

  private static List<@Nullable String> content(RunId run, Change c) {
    return Arrays.asList(
        run.toString(),
        Long.toString(c.seq()),
        c.pmiId().value(),
        c.contactId() == null ? null : c.contactId().value(),
        c.journeyId() == null ? null : c.journeyId().value(),
        c.action().name(),
        c.state().name(),
        text(c.oldValues()),
        text(c.newValues()),
        c.errorCode(),
        c.errorFields().toString());
  }

  private static String text(FieldValues values) {
    StringBuilder text = new StringBuilder();
    values
        .asMap()
        .forEach((f, v) -> text.append(f.value()).append('=').append(v.text()).append('\n'));
    return text.toString();
  }

  /** Rows of a run were blanked. The caller holds the gate. */
  void blanked(RunId run, List<Long> seqs) {
    long lostBefore =
        ofRecords.entrySet().stream()
            .filter(e -> e.getKey().run().equals(run) && e.getValue().nonce() == null)
            .count();
    seqs.forEach(seq -> takeNonce(new Place(run, seq)));
    if (!seqs.isEmpty() && !purged.contains(run)) {
      Head unused =
          enter(
              Entry.of(
                  Kind.PURGE,
                  run,
                  Map.of("purged", "values", LOST_BEFORE, Long.toString(lostBefore))));
    }
  }

  /** A record is forgotten. The caller holds the gate, and forgets the person afterwards. */
  void forgetRecord(RunId run, long seq) {
    takeNonce(new Place(run, seq));
  }

  private void takeNonce(Place place) {
    ofRecords.computeIfPresent(place, (p, r) -> new OfRecord(r.batch(), null, r.hash()));
  }

  /** People are about to be forgotten. The caller holds the gate. Returns the leaves it took. */
  long forget(List<PmiId> people) {
    long taken =
        changes.all().entrySet().stream()
            .flatMap(
                run ->
                    run.getValue().values().stream()
                        .filter(c -> people.contains(c.pmiId()))
                        .map(c -> ofRecords.get(new Place(run.getKey(), c.seq()))))
            .filter(r -> r != null && r.nonce() != null)
            .count();
    for (NavigableMap<Long, Kept> kept : leaves.values()) {
      for (Map.Entry<Long, Kept> leaf : kept.entrySet()) {
        String subject = leaf.getValue().subject();
        if (subject != null && people.stream().anyMatch(p -> subject.startsWith(p.value()))) {
          leaf.setValue(leaf.getValue().blank());
          taken++;
        }
      }
    }
    return taken;
  }

  /** People are forgotten. The caller holds the gate. */
  void forgot(int people, long taken) {
    Head unused =
        enter(
            Entry.of(
                Kind.FORGET,
                null,
                Map.of("people", Integer.toString(people), LEAVES, Long.toString(taken))));
  }

  /** Does what the owner of the database can do. */
  void tamper(AuditTableContract.Tampering what, RunId run, long number) {
    int at = (int) number - 1;
    switch (what) {
      case ALTER_ROW -> rows.set(at, by(rows.get(at), rows.get(at), "somebody else"));
      case DROP_ROW -> rows.removeIf(r -> r.seq() == number);
      case SWAP_ROWS -> {
        Row first = rows.get(at);
        Row second = rows.get(at + 1);
        rows.set(at, by(first, second, second.who()));
        rows.set(at + 1, by(second, first, first.who()));
      }
      case CUT -> {
        rows.removeIf(r -> r.seq() > number);
        head = rows.get(rows.size() - 1).head();
      }
      case ALTER_RECORD, ALTER_AND_BLANK_RECORD -> {
        changes.tamper(
            run,
            number,
            c -> c.toBuilder().newValues(TestParticipants.values("FirstName", "Eve")).build());
        if (what == AuditTableContract.Tampering.ALTER_AND_BLANK_RECORD) {
          takeNonce(new Place(run, number));
        }
      }
      case DROP_RECORD -> changes.all().get(run).remove(number);
      case DROP_RECORDS -> changes.all().remove(run);
      case ALTER_STANDING ->
          inForce.computeIfPresent(
              inForce.firstKey(),
              (key, e) -> {
                List<@Nullable String> content = new ArrayList<>(e.content());
                content.set(content.size() - 1, "somebody else");
                return new InForce(e.nonce(), e.leaf(), content);
              });
      case ADD_STANDING -> {
        InForce one = inForce.firstEntry().getValue();
        String nonce = nonce();
        inForce.put(
            "another", new InForce(nonce, AuditHash.leaf(nonce, one.content()), one.content()));
      }
      case DROP_STANDING -> inForce.pollFirstEntry();
      case DROP_LEAF -> ofRecords.remove(new Place(run, number));
      case FORGE_RECORD, FORGE_RECORD_OF_FIRST_BATCH -> {
        changes.tamper(run, number, c -> c.toBuilder().state(Change.State.DONE).build());
        long batch =
            what == AuditTableContract.Tampering.FORGE_RECORD
                ? 4711
                : ofRecords.get(new Place(run, 1)).batch();
        String nonce = nonce();
        String leaf = AuditHash.leaf(nonce, content(run, changes.at(run, number)));
        ofRecords.put(new Place(run, number), new OfRecord(batch, nonce, leaf));
      }
    }
  }

  /** What another row says, in the place of a row. */
  private static Row by(Row place, Row says, String who) {
    return new Row(
        place.seq(),
        says.at(),
        says.kind(),
        who,
        says.run(),
        says.batch(),
        says.records(),
        says.what(),
        says.root(),
        says.previous(),
        says.hash());
  }

  @Override
  public String who() {
    return WHO;
  }

  @Override
  public List<Row> about(RunId run, Kind kind) {
    return gate.uncounted(
        () -> rows.stream().filter(r -> run.equals(r.run()) && r.is(kind)).toList());
  }

  @Override
  public Optional<Row> rowOf(RunId run, long seq) {
    return gate.uncounted(
        () -> {
          OfRecord leaf = ofRecords.get(new Place(run, seq));
          return rows.stream()
              .filter(r -> leaf != null && run.equals(r.run()) && r.batch() == leaf.batch())
              .findFirst();
        });
  }

  @Override
  public List<Row> page(long afterSeq, int limit) {
    return gate.uncounted(
        () -> rows.stream().filter(r -> r.seq() > afterSeq).limit(limit).toList());
  }

  @Override
  public Optional<Head> lastOf(RunId run) {
    return gate.uncounted(
        () ->
            rows.stream()
                .filter(r -> run.equals(r.run()) && !r.is(Kind.PURGE))
                .map(Row::head)
                .reduce((a, b) -> b));
  }

  @Override
  public List<Leaf> leaves(Row row, long afterPosition, int limit) {
    return gate.uncounted(
        () -> {
          TreeMap<Long, Leaf> found = new TreeMap<>();
          ofRecords.forEach(
              (place, r) -> {
                Change change = changes.at(place.run(), place.seq());
                if (r.batch() == row.batch() && change != null) {
                  found.put(
                      place.seq(),
                      new Leaf(place.seq(), r.hash(), r.nonce(), content(place.run(), change)));
                }
              });
          leaves
              .getOrDefault(row.batch(), new TreeMap<>())
              .forEach(
                  (position, kept) ->
                      found.put(
                          position,
                          new Leaf(
                              position,
                              kept.hash(),
                              kept.nonce(),
                              Arrays.<@Nullable String>asList(kept.subject()))));
          return found.tailMap(afterPosition, false).values().stream().limit(limit).toList();
        });
  }

  @Override
  public Optional<Unentered> unentered(long afterRun) {
    return gate.uncounted(
        () -> {
          for (Map.Entry<RunId, NavigableMap<Long, Change>> run : changes.all().entrySet()) {
            long records =
                run.getKey().value() <= afterRun
                    ? 0
                    : run.getValue().values().stream()
                        .filter(InMemoryAuditTable::isSent)
                        .filter(c -> !ofRecords.containsKey(new Place(run.getKey(), c.seq())))
                        .count();
            if (records > 0) {
              return Optional.of(new Unentered(run.getKey(), records));
            }
          }
          return Optional.empty();
        });
  }

  @Override
  public List<Span> spans() {
    return gate.uncounted(
        () -> {
          Map<List<Long>, Span> spans = new TreeMap<>(Comparator.comparing(List::toString));
          ofRecords.forEach(
              (place, r) ->
                  spans.merge(
                      List.of(place.run().value(), r.batch()),
                      new Span(place.run(), r.batch(), place.seq(), place.seq(), 1),
                      (a, b) ->
                          new Span(
                              a.run(),
                              a.batch(),
                              Math.min(a.first(), b.first()),
                              Math.max(a.last(), b.last()),
                              a.records() + b.records())));
          return List.copyOf(spans.values());
        });
  }

  @Override
  public long lostNonces() {
    return gate.uncounted(
        () ->
            ofRecords.entrySet().stream()
                    .filter(e -> e.getValue().nonce() == null)
                    .filter(e -> !purged.contains(e.getKey().run()))
                    .filter(e -> changes.at(e.getKey().run(), e.getKey().seq()) != null)
                    .count()
                + leaves.values().stream()
                    .flatMap(kept -> kept.values().stream())
                    .filter(kept -> kept.nonce() == null)
                    .count());
  }

  @Override
  public boolean isThere(RunId run) {
    return gate.uncounted(() -> changes.isThere(run));
  }

  @Override
  public Head verified() {
    return gate.uncounted(() -> verified);
  }

  @Override
  public void noteVerified(Head found) {
    gate.counted(() -> verified = found);
  }

  @Override
  public long purgeSubjects(Instant before) {
    return gate.counted(
        () -> {
          long taken = 0;
          for (Row row : rows) {
            if (!row.at().isBefore(before)) {
              continue;
            }
            for (Map.Entry<Long, Kept> leaf :
                leaves.getOrDefault(row.batch(), new TreeMap<>()).entrySet()) {
              if (leaf.getValue().subject() != null) {
                leaf.setValue(leaf.getValue().blank());
                taken++;
              }
            }
          }
          if (taken > 0) {
            Head unused =
                enter(
                    Entry.of(
                        Kind.PURGE,
                        null,
                        Map.of("purged", "people", LEAVES, Long.toString(taken))));
          }
          return taken;
        });
  }

  @Override
  public List<String> subjects(Row row, int limit) {
    return gate.uncounted(
        () ->
            leaves.getOrDefault(row.batch(), new TreeMap<>()).values().stream()
                .map(Kept::subject)
                .filter(subject -> subject != null)
                .limit(limit)
                .toList());
  }
}
