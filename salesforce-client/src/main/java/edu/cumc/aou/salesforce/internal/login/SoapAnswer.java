package edu.cumc.aou.salesforce.internal.login;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text-only elements of a SOAP answer, by local name; the first of several counts. Reads
 * neither document types nor entities.
 */
public final class SoapAnswer {

  private final Map<String, String> texts;

  private SoapAnswer(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Reads an answer; empty if it is no XML. */
  static Optional<SoapAnswer> parse(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      Map<String, String> texts = new HashMap<>();
      String open = "";
      StringBuilder text = new StringBuilder();
      boolean envelope = false;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          envelope |= reader.getLocalName().equals("Envelope");
          open = reader.getLocalName();
          text.setLength(0);
        } else if (event == XMLStreamConstants.CHARACTERS) {
          text.append(reader.getText());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          if (reader.getLocalName().equals(open)) {
            texts.putIfAbsent(open, text.toString().strip());
          }
          open = "";
        } else if (event == XMLStreamConstants.DTD) {
          return Optional.empty();
        }
      }
      return envelope ? Optional.of(new SoapAnswer(texts)) : Optional.empty();
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  /** The text of an element; empty text if it is missing. */
  String text(String element) {
    return texts.getOrDefault(element, "");
  }

  /** The code of a fault without its prefix; empty text if there is none. */
  String faultCode() {
    String code = text("exceptionCode").isEmpty() ? text("faultcode") : text("exceptionCode");
    return code.substring(code.indexOf(':') + 1);
  }

  /** The message of a fault; empty text if there is none. It may contain personal data. */
  String faultText() {
    return text("exceptionMessage").isEmpty() ? text("faultstring") : text("exceptionMessage");
  }
}
