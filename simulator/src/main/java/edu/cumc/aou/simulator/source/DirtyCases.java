package edu.cumc.aou.simulator.source;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The cases of dirty data, in the order of {@code dirty-cases.csv}. Stateless. */
public final class DirtyCases {
  private static final String FILE = "dirty-cases.csv";

  private DirtyCases() {}

  /**
   * Reads all cases.
   *
   * @return those that {@code generate --dirty} plants and those that tests stage
   */
  public static List<DirtyCase> all() {
    try (InputStream file =
            Objects.requireNonNull(
                DirtyCases.class.getResourceAsStream(FILE), FILE + " is not packaged");
        CsvReader<NamedCsvRecord> lines =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8));
        Stream<NamedCsvRecord> stream = lines.stream()) {
      return stream.map(DirtyCases::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged file " + FILE + " cannot be read", e);
    }
  }

  private static DirtyCase read(NamedCsvRecord line) {
    return new DirtyCase(
        line.getField("id"),
        line.getField("group"),
        line.getField("relation"),
        line.getField("columns"),
        line.getField("values"),
        line.getField("rows"),
        line.getField("field"),
        line.getField("expected"));
  }

  /**
   * Tells which person shows which case in a dirty source.
   *
   * @param options of the source; the day makes no difference
   * @return the PMI IDs by the ids of the planted cases; a case may spell its own differently
   */
  public static Map<String, String> pmiIds(SourceOptions options) {
    People people = new People(options);
    Map<String, String> pmiIds = new LinkedHashMap<>();
    List<DirtyCase> cases = all();
    for (int number = 0; number < cases.size(); number++) {
      if (cases.get(number).isPlanted()) {
        pmiIds.put(cases.get(number).id(), people.stranger(number).pmiId());
      }
    }
    return pmiIds;
  }
}
