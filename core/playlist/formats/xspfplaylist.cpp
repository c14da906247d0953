// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistformats.h"
#include "core/playlist/formats/playlistlocation.h"

#include <QXmlStreamReader>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Reads the tracks of one list. XSPF's `trackList`, `track` and its children only; extensions are skipped.
class XspfReader
{
public:
    XspfReader(QByteArrayView bytes, const QString &folder)
        : m_xml(bytes.toByteArray())
        , m_folder(folder)
    {
        m_xml.setEntityExpansionLimit(0); // five entities are XML's own; nobody's playlist needs more
    }

    ParsedPlaylist read()
    {
        if (m_xml.readNextStartElement()) {
            if (m_xml.name() == "playlist"_L1)
                readChildren("trackList"_L1, [this] { readChildren("track"_L1, [this] { readTrack(); }); });
            else
                m_xml.raiseError(u"this is XML, but no XSPF playlist"_s);
        }
        if (m_xml.hasError())
            m_parsed.problems.append(lineProblem(m_xml.lineNumber(), Sentence(m_xml.errorString())));
        return std::move(m_parsed);
    }

private:
    template<class Handler>
    void readChildren(QLatin1StringView name, Handler handle)
    {
        while (m_xml.readNextStartElement()) {
            if (m_xml.name() == name)
                handle();
            else
                m_xml.skipCurrentElement();
        }
    }

    QString text() { return m_xml.readElementText(QXmlStreamReader::SkipChildElements); }

    void readTrack()
    {
        const qint64 line = m_xml.lineNumber();
        QStringList places;
        QString title;
        QString creator;
        QString album;
        qint64 durationMs = 0;
        while (m_xml.readNextStartElement()) {
            if (m_xml.name() == "location"_L1)
                places.append(text());
            else if (m_xml.name() == "title"_L1)
                title = text();
            else if (m_xml.name() == "creator"_L1)
                creator = text();
            else if (m_xml.name() == "album"_L1)
                album = text();
            else if (m_xml.name() == "duration"_L1)
                durationMs = text().trimmed().toLongLong();
            else
                m_xml.skipCurrentElement();
        }
        if (!m_xml.hasError() || !places.isEmpty())
            addTrack(line, places, title, creator, album, durationMs);
    }

    /// A track may name several places; the first that is a file counts.
    void addTrack(qint64 line, const QStringList &places, const QString &title, const QString &creator,
                  const QString &album, qint64 durationMs)
    {
        Sentence refusal(u"this track names no file"_s);
        for (const QString &place : places) {
            const PlaylistLocation location = resolveLocation(place, m_folder, LocationStyle::Uri);
            if (location.refusal.isEmpty()) {
                addRow(m_parsed, location, title, creator, album, durationMs);
                return;
            }
            refusal = location.refusal;
        }
        m_parsed.problems.append(lineProblem(line, refusal));
    }

    QXmlStreamReader m_xml;
    QString m_folder;
    ParsedPlaylist m_parsed;
};

} // namespace

ParsedPlaylist parseXspf(QByteArrayView bytes, const QString &folder)
{
    return XspfReader(bytes, folder).read();
}

} // namespace cycast
