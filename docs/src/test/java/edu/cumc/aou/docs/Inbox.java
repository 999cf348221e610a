package edu.cumc.aou.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A webhook of this machine, where messages of the manual's site arrive. */
final class Inbox implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> headlines = new ArrayList<>();

  Inbox() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          arrived(JSON.readTree(exchange.getRequestBody()).path("headline").asText());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private synchronized void arrived(String headline) {
    headlines.add(headline);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** First lines of what arrived since this was asked last. */
  synchronized List<String> headlines() {
    List<String> since = List.copyOf(headlines);
    headlines.clear();
    return since;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
