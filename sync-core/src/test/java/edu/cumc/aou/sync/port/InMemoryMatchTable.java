package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** What {@link InMemorySyncStore} knows of duplicates. */
final class InMemoryMatchTable implements MatchTable {

  private record Known(RunId run, List<ContactId> contacts) {}

  private final CallGate gate;
  private final Map<PmiId, Known> matches = new TreeMap<>();

  InMemoryMatchTable(CallGate gate) {
    this.gate = gate;
  }

  @Override
  public void note(RunId run, Map<PmiId, List<ContactId>> learnt) {
    gate.counted(
        () ->
            learnt.forEach(
                (pmi, contacts) ->
                    matches.put(
                        pmi, new Known(run, contacts.stream().distinct().sorted().toList()))));
  }

  @Override
  public Map<PmiId, List<ContactId>> of(RunId run) {
    return gate.uncounted(() -> which((pmi, known) -> known.run().equals(run)));
  }

  @Override
  public List<ContactId> of(PmiId pmiId) {
    return all().getOrDefault(pmiId, List.of());
  }

  @Override
  public Map<PmiId, List<ContactId>> all() {
    return gate.uncounted(() -> which((pmi, known) -> true));
  }

  private Map<PmiId, List<ContactId>> which(BiPredicate<PmiId, Known> which) {
    Map<PmiId, List<ContactId>> found = new TreeMap<>();
    matches.forEach(
        (pmi, known) -> {
          if (which.test(pmi, known) && !known.contacts().isEmpty()) {
            found.put(pmi, known.contacts());
          }
        });
    return found;
  }

  /** Within a unit of work. */
  void drop(RunId run) {
    boolean unused = matches.values().removeIf(known -> known.run().equals(run));
  }

  /** Within a unit of work. */
  void forget(Set<PmiId> pmiIds, Set<ContactId> contacts) {
    matches.keySet().removeAll(pmiIds);
    matches.replaceAll(
        (pmi, known) ->
            new Known(
                known.run(),
                known.contacts().stream().filter(c -> !contacts.contains(c)).toList()));
  }
}
