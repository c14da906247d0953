// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/listenerstexts.h"

#include "ui/look/humanize.h"

#include <QCoreApplication>

namespace cycast::listenerstexts
{

namespace
{

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ListenersTexts)

public:
    static QString state(const ListenerRow &row)
    {
        if (!row.figures.active)
            return tr("Stalled");
        if (row.figures.skips > 0)
            return tr("OK, skipped %1×").arg(row.figures.skips);
        return tr("OK");
    }

    static QString reason(const ListenerRow &row)
    {
        QStringList sentences;
        if (!row.figures.active)
            sentences << tr(
                "Has accepted no data for more than 10 seconds: paused, or the connection is too slow.");
        else
            sentences << tr("Receives the stream as it is broadcast.");
        if (row.figures.skips > 0)
            sentences << tr("Fell behind further than the buffer reaches and jumped ahead %n time(s).",
                            nullptr, static_cast<int>(std::min<quint32>(row.figures.skips, 2'000'000'000U)));
        return sentences.join(QLatin1Char(' '));
    }

    static QString player(const ListenerRow &row)
    {
        return row.info.player.isEmpty() ? tr("unknown") : row.info.player.simplified();
    }

    static QString playerHint(const ListenerRow &row)
    {
        return tr("%1 (%2)").arg(row.info.player.simplified(), row.info.protocol);
    }

    static QString sentence(const ListenerRow &row, qint64 nowMs)
    {
        const auto say = [&](ListenerRow::Column column) { return cell(row, column, nowMs); };
        return tr("Listener %1 from %2, %3, connected for %4, %5 behind, %6")
            .arg(say(ListenerRow::Id), say(ListenerRow::Address), say(ListenerRow::Player),
                 say(ListenerRow::Connected), say(ListenerRow::Behind), say(ListenerRow::State));
    }

    static QString title(ListenerRow::Column column)
    {
        const QString names[] = {tr("ID"),         tr("Address"), tr("Player"), tr("Connected"),
                                 tr("bytes_sent"), tr("Rate"),    tr("Behind"), tr("State")};
        return names[column];
    }

    static QString titleHint(ListenerRow::Column column)
    {
        if (column == ListenerRow::BytesSent)
            return tr("What the listener's connection has accepted, audio and titles.");
        if (column == ListenerRow::Behind)
            return tr("How far behind the broadcast this listener is.");
        if (column == ListenerRow::Rate)
            return tr("Bytes per second over the last seconds.");
        return {};
    }
};

} // namespace

QString cell(const ListenerRow &row, ListenerRow::Column column, qint64 nowMs)
{
    switch (column) {
    case ListenerRow::Id:
        return QString::number(row.info.id);
    case ListenerRow::Address:
        return row.info.address;
    case ListenerRow::Player:
        return Texts::player(row);
    case ListenerRow::Connected:
        return humanize::clock(row.connectedMs(nowMs));
    case ListenerRow::BytesSent:
        return humanize::number(row.figures.bytesSent);
    case ListenerRow::Rate:
        return humanize::rate(row.bytesPerSecond);
    case ListenerRow::Behind:
        return humanize::seconds(static_cast<double>(row.figures.behindSeconds));
    case ListenerRow::State:
        return Texts::state(row);
    case ListenerRow::ColumnCount:
        break;
    }
    return {};
}

QString sentence(const ListenerRow &row, qint64 nowMs)
{
    return Texts::sentence(row, nowMs);
}

QString hint(const ListenerRow &row, ListenerRow::Column column)
{
    if (column == ListenerRow::State)
        return Texts::reason(row);
    if (column == ListenerRow::Player)
        return Texts::playerHint(row);
    return column == ListenerRow::Address ? row.info.address : QString();
}

QString title(ListenerRow::Column column)
{
    return column < ListenerRow::ColumnCount ? Texts::title(column) : QString();
}

QString titleHint(ListenerRow::Column column)
{
    return Texts::titleHint(column);
}

} // namespace cycast::listenerstexts
