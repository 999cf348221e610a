package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers what describe said, for a while, because administrators change fields. Thread-safe. */
public final class Descriptions {

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
  private final Map<String, Object> asking = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Function<String, Wire.Description> fetch;

  private record Remembered(ObjectDescription description, Instant at) {}

  public Descriptions(Clock clock, Function<String, Wire.Description> fetch) {
    this.clock = clock;
    this.fetch = fetch;
  }

  /** Threads that want the same description at the same time wait for one call. */
  public ObjectDescription get(String object) {
    String key = object.toLowerCase(Locale.ROOT);
    ObjectDescription known = known(key);
    if (known != null) {
      return known;
    }
    synchronized (asking.computeIfAbsent(key, unused -> new Object())) {
      known = known(key);
      if (known == null) {
        known = read(fetch.apply(object));
        remembered.put(key, new Remembered(known, clock.instant()));
      }
      return known;
    }
  }

  public boolean knows(String object) {
    return known(object.toLowerCase(Locale.ROOT)) != null;
  }

  private @Nullable ObjectDescription known(String key) {
    Remembered last = remembered.get(key);
    return last != null && Duration.between(last.at, clock.instant()).compareTo(LIFE) < 0
        ? last.description
        : null;
  }

  private static ObjectDescription read(Wire.Description wire) {
    String name = WireValues.required(wire.name(), "the object's name");
    List<Wire.DescribedField> fields = WireValues.required(wire.fields(), "the object's fields");
    List<Wire.DescribedRecordType> recordTypes = wire.recordTypeInfos();
    return new ObjectDescription(
        name,
        wire.label() == null ? name : wire.label(),
        wire.keyPrefix(),
        wire.createable(),
        wire.updateable(),
        wire.deletable(),
        wire.queryable(),
        fields.stream().map(Descriptions::read).toList(),
        recordTypes == null
            ? List.of()
            : recordTypes.stream().map(Wire.DescribedRecordType::read).toList());
  }

  private static FieldDescription read(Wire.DescribedField wire) {
    String name = WireValues.required(wire.name(), "a field's name");
    List<Wire.DescribedValue> values = wire.picklistValues();
    List<String> targets = wire.referenceTo();
    return new FieldDescription(
        name,
        wire.label() == null ? name : wire.label(),
        WireValues.required(wire.type(), "a field's type"),
        wire.length(),
        wire.precision(),
        wire.scale(),
        wire.digits(),
        wire.nillable(),
        wire.createable(),
        wire.updateable(),
        wire.defaultedOnCreate(),
        wire.calculated(),
        wire.externalId(),
        wire.idLookup(),
        wire.unique(),
        wire.caseSensitive(),
        wire.filterable(),
        wire.restrictedPicklist(),
        values == null ? List.of() : values.stream().map(Wire.DescribedValue::read).toList(),
        targets == null ? List.of() : targets,
        wire.relationshipName(),
        wire.controllerName());
  }
}
