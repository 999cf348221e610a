package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import edu.cumc.aou.salesforce.PageScene.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each fault at each request of a load, in each kind of org where that makes a difference. The page
 * of the manual says what came of it; with {@code -Daou.docs.write=true} this test writes it.
 */
class FaultPageTest {

  /** A way in a kind of org. */
  private record Column(PageWay way, boolean unique) {
    String title() {
      boolean both = way.orgs().size() > 1;
      return way.title() + (both ? unique ? " (unique key)" : " (key not unique)" : "");
    }
  }

  @Test
  void eachFaultOfALoad_leavesEachRecordOnce_andThePageSaysSo() throws IOException {
    List<Column> columns =
        Arrays.stream(PageWay.values())
            .flatMap(way -> way.orgs().stream().map(unique -> new Column(way, unique)))
            .toList();

    // answers that stall keep a column waiting, by the clock on the wall
    List<List<Cell>> results = columns.parallelStream().map(FaultPageTest::cells).toList();

    List<Cell> all = results.stream().flatMap(List::stream).toList();
    assertThat(all).as("doubled").allMatch(c -> c.doubled() == 0);
    assertThat(all).as("told untruly").allMatch(c -> c.lost() == 0);
    assertThat(all).as("not written at last").allMatch(c -> c.openAtLast() == 0);
    assertThat(all).as("refused for a fault of the call").allMatch(c -> c.refused() == 0);
    String text =
        table(columns, results, 0, 4)
            + "\n\n"
            + table(columns, results, 4, 9)
            + "\n\n"
            + table(columns, results, 9, columns.size());
    ArrayNode data = FaultPage.array();
    all.forEach(cell -> add(data, cell));
    if (Boolean.getBoolean("aou.docs.write")) {
      FaultPage.write(FaultPage.LOADER, text, data);
    }
    assertThat(FaultPage.part(FaultPage.LOADER))
        .as(
            "write it anew: mvn -pl salesforce-client -am test -Dtest=FaultPageTest"
                + " -Daou.docs.write=true")
        .isEqualTo(text);
    assertThat(FaultPage.data(FaultPage.LOADER)).isEqualTo(data.toPrettyString());
  }

  private static List<Cell> cells(Column column) {
    try (PageScene scene = new PageScene(column.way(), column.unique())) {
      return Stream.of(MatrixFault.values()).map(scene::run).toList();
    }
  }

  private static String table(List<Column> columns, List<List<Cell>> results, int from, int to) {
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("fault"));
    columns.subList(from, to).forEach(c -> head.add(c.title()));
    lines.add(FaultPage.row(head));
    lines.add(FaultPage.rule(head.size()));
    for (MatrixFault fault : MatrixFault.values()) {
      List<String> line = new ArrayList<>(List.of(FaultPage.words(fault)));
      results.subList(from, to).forEach(cells -> line.add(text(cells.get(fault.ordinal()))));
      lines.add(FaultPage.row(line));
    }
    return String.join("\n", lines);
  }

  private static String text(Cell cell) {
    List<String> words = new ArrayList<>();
    if (cell.written() == PageScene.ROWS) {
      words.add("once");
    } else if (cell.written() > 0) {
      words.add(cell.written() + " once");
    }
    if (cell.unwritten() > 0) {
      words.add(cell.unwritten() == PageScene.ROWS ? "later" : cell.unwritten() + " later");
    }
    if (cell.unknown() > 0) {
      words.add("unknown");
    }
    if (cell.asked()) {
      words.add("asked");
    }
    return String.join(", ", words);
  }

  private static void add(ArrayNode data, Cell cell) {
    data.addObject()
        .put("fault", cell.fault().name())
        .put("operation", cell.way().name())
        .put("uniqueKey", cell.unique())
        .put("writtenOnce", cell.written())
        .put("refused", cell.refused())
        .put("toldUnwritten", cell.unwritten())
        .put("toldUnknown", cell.unknown())
        .put("asked", cell.asked())
        .put("doubled", cell.doubled())
        .put("toldUntruly", cell.lost())
        .put("notWrittenByTheNextLoad", cell.openAtLast());
  }
}
