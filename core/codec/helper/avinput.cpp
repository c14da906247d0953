// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/avinput.h"

#include "core/codec/musicfile.h"
#include "core/codec/quietfile.h"

#include <limits>
#include <mutex>

#include <cerrno>

#include <unistd.h>

extern "C" {
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int ioBufferSize = 32 * 1024;

/// Containers of sound; lists, streams, pictures and scripts are left out on purpose.
constexpr const char *knownContainers =
    "mp3,aac,flac,ogg,wav,w64,aiff,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,ape,wv,mpc,mpc8,tta,dsf,caf,"
    "au,ac3,eac3,dts,amr,tak";

int refuseToOpen(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **)
{
    return AVERROR(EPERM);
}

QString noMemory()
{
    return u"There is not enough memory to look into a file. Close other programs."_s;
}

} // namespace

qint64 AvInput::readFile(char *buffer, qint64 size)
{
    constexpr qint64 keptBytes = 4096;
    if (m_range.end >= 0)
        size = qBound<qint64>(0, m_range.end - m_place, size);
    ssize_t count = 0;
    do {
        count = ::pread(m_file.descriptor(), buffer, static_cast<size_t>(size), m_place);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        m_readError = qt_error_string(errno);
        return count;
    }
    // Only now: it may have been changed while it was read.
    if (!isStillThere())
        return 0;
    if (count > 0) {
        const qint64 kept = qMin<qint64>(count, keptBytes);
        m_lastRead = QByteArray(buffer + count - kept, kept);
        m_lastAt = m_place + count - kept;
        m_place += count;
    }
    return count;
}

/// A file that grows, or was only touched, has the same bytes at the same places.
bool AvInput::isStillThere()
{
    const FileStamp stamp = stampOf(m_file.descriptor());
    if (m_hasMoved || stamp == m_stamp)
        return !m_hasMoved;
    QByteArray now(m_lastRead.size(), Qt::Uninitialized);
    const ssize_t got = ::pread(m_file.descriptor(), now.data(), static_cast<size_t>(now.size()), m_lastAt);
    m_hasMoved = got != now.size() || now != m_lastRead;
    m_stamp = stamp;
    return !m_hasMoved;
}

bool AvInput::waitForQuiet() const
{
    const auto stamp =
        cycast::waitForQuiet([this]() -> TrackResult<FileStamp> { return stampOf(m_file.descriptor()); });
    return stamp && stamp->isKnown();
}

int AvInput::readBytes(void *self, uint8_t *buffer, int size)
{
    auto *input = static_cast<AvInput *>(self);
    if (input->m_budget <= 0)
        return AVERROR_EOF;
    qint64 count = 0;
    if (input->m_stream < 0) {
        count = input->readFile(reinterpret_cast<char *>(buffer), size);
    } else {
        do {
            count = ::read(input->m_stream, buffer, static_cast<size_t>(size));
        } while (count < 0 && errno == EINTR);
    }
    if (count < 0)
        return AVERROR(EIO);
    input->m_budget -= count;
    return count == 0 ? AVERROR_EOF : static_cast<int>(count);
}

int64_t AvInput::seekTo(void *self, int64_t offset, int whence)
{
    auto *input = static_cast<AvInput *>(self);
    const qint64 begin = input->m_range.begin;
    switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
        return input->end() - begin;
    case SEEK_CUR:
        offset += input->m_place - begin;
        break;
    case SEEK_END:
        offset += input->end() - begin;
        break;
    default:
        break;
    }
    if (offset < 0)
        return AVERROR(EINVAL);
    input->m_place = begin + offset;
    return offset;
}

bool AvInput::prepare(bool canSeek)
{
    static std::once_flag quiet;
    std::call_once(quiet, [] { av_log_set_level(AV_LOG_QUIET); });
    auto *buffer = static_cast<unsigned char *>(av_malloc(ioBufferSize));
    m_io = buffer == nullptr ? nullptr
                             : avio_alloc_context(buffer, ioBufferSize, 0, this, &AvInput::readBytes, nullptr,
                                                  canSeek ? &AvInput::seekTo : nullptr);
    if (m_io == nullptr)
        av_free(buffer);
    m_context = avformat_alloc_context();
    m_packet = av_packet_alloc();
    if (m_io == nullptr || m_context == nullptr || m_packet == nullptr)
        return false;
    m_context->pb = m_io;
    m_context->flags |= AVFMT_FLAG_CUSTOM_IO;
    m_context->io_open = refuseToOpen;
    return true;
}

Result<void> AvInput::openContext(const QByteArray &hint, const char *demuxer, const QString &name)
{
    AVDictionary *options = nullptr;
    av_dict_set(&options, "format_whitelist", knownContainers, 0);
    av_dict_set(&options, "protocol_whitelist", "none", 0);
    av_dict_set(&options, "probesize", demuxer == nullptr ? "1048576" : "4096", 0);
    av_dict_set(&options, "formatprobesize", demuxer == nullptr ? "1048576" : "4096", 0);
    av_dict_set(&options, "max_streams", "64", 0);
    const int result = avformat_open_input(
        &m_context, hint.constData(), demuxer == nullptr ? nullptr : av_find_input_format(demuxer), &options);
    av_dict_free(&options);
    if (result < 0) // the context is gone then
        return failure(Core::tr("“%1” is not music: nothing in it could be recognised as sound.").arg(name));
    return {};
}

Result<std::unique_ptr<AvInput>> AvInput::open(TrackFile file, qint64 budget, Range range)
{
    if (file.descriptor() < 0)
        return failure(Core::tr("“%1” could not be handed over: too many files are open.").arg(file.name()));
    std::unique_ptr<AvInput> input(new AvInput);
    input->m_file = std::move(file);
    input->m_stamp = stampOf(input->m_file.descriptor());
    input->m_range = range;
    input->m_place = range.begin;
    input->m_budget = budget;
    if (!input->prepare(true))
        return failure(noMemory());
    // The name is for its ending only: where a large picture hides the sound, it decides.
    const QString name = input->m_file.name();
    const QString ending = name.contains(u'.') ? name.section(u'.', -1) : QString();
    if (const auto opened = input->openContext("file." + ending.toUtf8(), nullptr, name); !opened)
        return tl::unexpected(opened.error());
    return input;
}

Result<std::unique_ptr<AvInput>> AvInput::openStream(int descriptor, const char *demuxer)
{
    std::unique_ptr<AvInput> input(new AvInput);
    input->m_stream = descriptor;
    input->m_budget = std::numeric_limits<qint64>::max();
    if (!input->prepare(false))
        return failure(noMemory());
    if (const auto opened = input->openContext("stream", demuxer, u"The source"_s); !opened)
        return tl::unexpected(opened.error());
    return input;
}

AvInput::~AvInput()
{
    av_packet_free(&m_packet);
    avformat_close_input(&m_context);
    if (m_io != nullptr)
        av_freep(&m_io->buffer);
    avio_context_free(&m_io);
}

AVStream *AvInput::audioStream() const
{
    for (unsigned i = 0; i < m_context->nb_streams; ++i) {
        if (m_context->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            return m_context->streams[i];
    }
    return nullptr;
}

QByteArray AvInput::bytesAt(qint64 offset, qint64 count)
{
    QByteArray bytes(qBound<qint64>(0, count, 4LL * 1024 * 1024), Qt::Uninitialized);
    const ssize_t got =
        offset < 0 ? -1
                   : ::pread(m_file.descriptor(), bytes.data(), static_cast<size_t>(bytes.size()), offset);
    bytes.truncate(qMax<ssize_t>(0, got));
    return bytes;
}

const AVPacket *AvInput::nextPacket()
{
    const AVStream *audio = audioStream();
    av_packet_unref(m_packet);
    while (audio != nullptr && av_read_frame(m_context, m_packet) >= 0) {
        if (m_hasMoved) // in the middle of this one, maybe
            break;
        if (m_packet->stream_index == audio->index)
            return m_packet;
        av_packet_unref(m_packet);
    }
    av_packet_unref(m_packet);
    return nullptr;
}

} // namespace cycast
