package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journeyUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangePagesTest {

  private final SyncStore store = new InMemorySyncStore(Clock.systemUTC());
  private final RunId run = run(store);

  @Test
  void pages_areFullButTheLastOneAndNoneIsEmpty() {
    plan(4);

    assertThat(seqs(pages(3))).containsExactly(List.of(1L, 2L, 3L), List.of(4L));
    assertThat(seqs(pages(2))).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
    assertThat(seqs(pages(5))).containsExactly(List.of(1L, 2L, 3L, 4L));
  }

  @Test
  void rowsThatAreSettledMeanwhile_moveNothing() {
    plan(5);
    List<List<Long>> seen = new ArrayList<>();

    for (List<Change> page : pages(2)) {
      seen.add(page.stream().map(Change::seq).toList());
      store.changes().settle(run, page.stream().map(ChangePagesTest::done).toList());
    }

    assertThat(seen).containsExactly(List.of(1L, 2L), List.of(3L, 4L), List.of(5L));
    assertThat(pages(2)).isEmpty();
  }

  @Test
  void nextPage_isReadWhenItIsAskedFor() {
    plan(3);
    Iterator<List<Change>> pages = pages(2).iterator();
    assertThat(pages.next()).hasSize(2);

    store.changes().settle(run, List.of(done(insert(3, 3))));

    assertThat(pages.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(pages::next);
  }

  private void plan(int rows) {
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i <= rows; i++) {
      changes.add(insert(i, i));
    }
    changes.add(journeyUpdate(rows + 1, 1));
    store.changes().append(run, changes);
  }

  private ChangePages pages(int size) {
    return new ChangePages(
        store.changes(),
        run,
        CrmObject.CONTACT,
        Set.of(Change.Action.INSERT),
        Set.of(Change.State.PLANNED),
        size);
  }

  private static List<List<Long>> seqs(ChangePages pages) {
    List<List<Long>> seqs = new ArrayList<>();
    pages.forEach(page -> seqs.add(page.stream().map(Change::seq).toList()));
    return seqs;
  }

  private static Settlement done(Change change) {
    return new Settlement(change.seq(), Change.State.DONE, null, null, null, List.of());
  }
}
