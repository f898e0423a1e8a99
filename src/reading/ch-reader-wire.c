#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader-wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
send_head (int               socket,
           const ChWireHead *head,
           int               fd)
{
  union
  {
    struct cmsghdr align;
    char           bytes[CMSG_SPACE (sizeof (int))];
  } control;
  struct iovec part = { (void *) head, sizeof *head };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  gssize sent;

  if (fd >= 0)
    {
      struct cmsghdr *header;

      memset (&control, 0, sizeof control);
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof (int));
      memcpy (CMSG_DATA (header), &fd, sizeof fd);
    }

  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);

  return sent == sizeof *head;
}

/**
 * ch_reader_wire_send:
 * @payload: (nullable)
 * @fd: a descriptor to hand over; -1 for none
 *
 * Returns: whether the other end took it
 */
gboolean
ch_reader_wire_send (int               socket,
                     const ChWireHead *head,
                     GBytes           *payload,
                     int               fd)
{
  ChWireHead complete = *head;
  const char *data = NULL;
  gsize rest = 0;

  if (payload != NULL)
    data = g_bytes_get_data (payload, &rest);
  if (rest > CH_WIRE_MAX_PAYLOAD)
    return FALSE;
  complete.length = (guint32) rest;
  if (!send_head (socket, &complete, fd))
    return FALSE;

  while (rest > 0)
    {
      gssize sent = send (socket, data, rest, MSG_NOSIGNAL);

      if (sent < 0 && errno == EINTR)
        continue;
      if (sent <= 0)
        return FALSE;
      data += sent;
      rest -= (gsize) sent;
    }

  return TRUE;
}

/**
 * ch_reader_wire_wait:
 * @cancel_fd: -1 for none
 * @deadline: of g_get_monotonic_time(); -1 for none
 *
 * Waits until there is something to read.
 *
 * Returns: %FALSE when the time is up or @cancel_fd speaks first
 */
gboolean
ch_reader_wire_wait (int    socket,
                     int    cancel_fd,
                     gint64 deadline)
{
  for (;;)
    {
      struct pollfd fds[2] = { { socket, POLLIN, 0 }, { cancel_fd, POLLIN, 0 } };
      int timeout = -1;

      if (deadline >= 0)
        {
          gint64 left = deadline - g_get_monotonic_time ();

          if (left <= 0)
            return FALSE;
          timeout = (int) MIN (left / 1000 + 1, G_MAXINT);
        }
      if (poll (fds, cancel_fd >= 0 ? 2 : 1, timeout) < 0 && errno != EINTR)
        return FALSE;
      if (cancel_fd >= 0 && fds[1].revents != 0)
        return FALSE;
      if (fds[0].revents != 0)
        return TRUE;
    }
}

static void
take_descriptors (struct msghdr *message,
                  int           *fd)
{
  struct cmsghdr *header;

  for (header = CMSG_FIRSTHDR (message); header != NULL; header = CMSG_NXTHDR (message, header))
    {
      gsize n_fds, i;

      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      n_fds = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (i = 0; i < n_fds; i++)
        {
          int received;

          memcpy (&received, CMSG_DATA (header) + i * sizeof (int), sizeof received);
          if (*fd < 0)
            *fd = received;
          else
            close (received);
        }
    }
}

static gboolean
receive_part (int     socket,
              int     cancel_fd,
              gint64  deadline,
              char   *data,
              gsize   length,
              int    *fd)
{
  while (length > 0)
    {
      union
      {
        struct cmsghdr align;
        char           bytes[CMSG_SPACE (sizeof (int) * 4)];
      } control;
      struct iovec part = { data, length };
      struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes,
                                .msg_controllen = sizeof control.bytes };
      gssize received;

      if (!ch_reader_wire_wait (socket, cancel_fd, deadline))
        return FALSE;
      received = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
      if (received < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (received <= 0)
        return FALSE;
      take_descriptors (&message, fd);
      data += received;
      length -= (gsize) received;
    }

  return TRUE;
}

/**
 * ch_reader_wire_receive:
 * @cancel_fd: a descriptor that becomes readable when nobody wants the answer any more; -1 for none
 * @deadline: on the monotonic clock, in microseconds; -1 to wait for ever
 * @payload: (out) (transfer full): may be empty
 * @fd: (out): the descriptor that came along, the caller's to close; -1 for none
 *
 * Returns: whether a whole message came
 */
gboolean
ch_reader_wire_receive (int          socket,
                        int          cancel_fd,
                        gint64       deadline,
                        ChWireHead  *head,
                        GBytes     **payload,
                        int         *fd)
{
  g_autofree char *data = NULL;

  *fd = -1;
  *payload = NULL;
  if (receive_part (socket, cancel_fd, deadline, (char *) head, sizeof *head, fd)
      && head->length <= CH_WIRE_MAX_PAYLOAD)
    {
      data = g_malloc (MAX (head->length, 1));
      if (receive_part (socket, cancel_fd, deadline, data, head->length, fd))
        {
          *payload = g_bytes_new_take (g_steal_pointer (&data), head->length);
          return TRUE;
        }
    }

  if (*fd >= 0)
    close (*fd);
  *fd = -1;

  return FALSE;
}
