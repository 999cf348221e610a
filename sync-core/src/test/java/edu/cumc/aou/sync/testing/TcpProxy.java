package edu.cumc.aou.sync.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Stands between a client and a server, and does to their connections what networks do: cuts them,
 * lets nothing through, loses one direction, or takes nobody. All is as it should be until told.
 */
public final class TcpProxy implements AutoCloseable {

  /** What gets through. */
  private enum Passage {
    BOTH,
    TO_SERVER,
    NONE
  }

  private final ServerSocket listener;
  private final int target;
  private final List<Socket> clients = new ArrayList<>();
  private final List<Socket> servers = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private Passage passage = Passage.BOTH;
  private boolean refusing;

  /** The clients' ends of connections that have died without a word to them. */
  private final Set<Socket> dead = Collections.newSetFromMap(new IdentityHashMap<>());

  private TcpProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** In front of a port of this machine. */
  public static TcpProxy before(int port) {
    return new TcpProxy(port);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections have been made. */
  public int connections() {
    return accepted.get();
  }

  /** Ends every connection of now, as a failover does; new ones are taken. */
  public synchronized void cut() {
    Stream.of(clients, servers).flatMap(List::stream).forEach(TcpProxy::closeQuietly);
    clients.clear();
    servers.clear();
  }

  /** Lets nothing through any more, and ends nothing: a cable that was pulled. */
  public synchronized void stall() {
    passage = Passage.NONE;
  }

  /**
   * The connections of now have ended for the server, and nobody tells the clients: what they send
   * gets nowhere. New ones are taken. So it is after a process was halted for a while.
   */
  public synchronized void forget() {
    dead.addAll(clients);
    servers.forEach(TcpProxy::closeQuietly);
    servers.clear();
  }

  private synchronized boolean isDead(Socket client) {
    return dead.contains(client);
  }

  /** What clients say arrives; the answers are lost. */
  public synchronized void loseAnswers() {
    passage = Passage.TO_SERVER;
  }

  /** Everything gets through again, what waited first. */
  public synchronized void heal() {
    passage = Passage.BOTH;
    refusing = false;
    notifyAll();
  }

  /** Ends every connection and takes no new one: a server that is down. */
  public synchronized void refuse() {
    refusing = true;
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        accepted.incrementAndGet();
        if (isRefusing()) {
          closeQuietly(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        keep(client, server);
        start(() -> pump(client, server, true));
        start(() -> pump(server, client, false));
      } catch (IOException e) {
        // closed, or the server is gone: the client finds out
      }
    }
  }

  private synchronized boolean isRefusing() {
    return refusing;
  }

  private synchronized void keep(Socket client, Socket server) {
    clients.add(client);
    servers.add(server);
  }

  private void pump(Socket from, Socket to, boolean toServer) {
    byte[] buffer = new byte[8192];
    Socket client = toServer ? from : to;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitPassage(toServer);
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one side is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!isDead(client)) {
        closeQuietly(from);
        closeQuietly(to);
      }
    }
  }

  private synchronized void awaitPassage(boolean toServer) throws InterruptedException {
    while (passage == Passage.NONE || (passage == Passage.TO_SERVER && !toServer)) {
      wait();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed then
    }
  }

  @Override
  public void close() {
    heal();
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
