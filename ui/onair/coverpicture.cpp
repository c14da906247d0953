// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/coverpicture.h"

#include "core/station/stationcontrol.h"

#include <QBuffer>
#include <QImageReader>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QImage decodedCover(const QByteArray &picture, int side)
{
    QBuffer buffer;
    buffer.setData(picture);
    if (!buffer.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && qint64{size.width()} * size.height() > CoverPicture::maxPixels)
        return {};
    if (size.isValid())
        reader.setScaledSize(size.scaled(side, side, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    const QImage image = reader.read();
    return image.isNull() ? image : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

CoverPicture::CoverPicture(StationControl &control, QWidget *parent)
    : QLabel(parent)
    , m_control(control)
{
    setObjectName(u"coverPicture"_s);
    setAccessibleName(tr("Cover"));
    setAlignment(Qt::AlignCenter);
    const int side = fontMetrics().height() * 7 / 2;
    setFixedSize(side, side);
    hide();
    m_pool.setMaxThreadCount(1);
    connect(&control, &StationControl::statusChanged, this, &CoverPicture::follow);
    connect(&control, &StationControl::coverRead, this, &CoverPicture::take);
    connect(this, &CoverPicture::decoded, this, &CoverPicture::keep, Qt::QueuedConnection);
}

CoverPicture::~CoverPicture()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void CoverPicture::follow(const StationStatus &status)
{
    const bool isPlaylist = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist;
    const quint64 entry = isPlaylist ? status.current.entryId : 0;
    if (entry == m_entry)
        return;
    m_entry = entry;
    if (entry != 0 && !m_kept.contains(entry))
        m_control.readCover(entry);
    showCover(entry);
}

void CoverPicture::take(quint64 entryId, const QByteArray &picture)
{
    if (entryId != m_entry)
        return; // it came too late
    const double ratio = devicePixelRatioF();
    m_pool.start([this, entryId, picture, side = qRound(width() * ratio)] {
        emit decoded(entryId, picture.isEmpty() ? QImage() : decodedCover(picture, side));
    });
}

void CoverPicture::keep(quint64 entryId, const QImage &image)
{
    auto pixmap = std::make_unique<QPixmap>(QPixmap::fromImage(image));
    pixmap->setDevicePixelRatio(devicePixelRatioF());
    m_kept.insert(entryId, pixmap.release());
    showCover(m_entry);
}

void CoverPicture::showCover(quint64 entryId)
{
    const QPixmap *pixmap = entryId == 0 ? nullptr : m_kept.object(entryId);
    const bool hasPicture = pixmap != nullptr && !pixmap->isNull();
    setPixmap(hasPicture ? *pixmap : QPixmap());
    setVisible(hasPicture);
}

} // namespace cycast
