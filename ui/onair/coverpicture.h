// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QLabel>
#include <QThreadPool>

namespace cycast
{

class StationControl;
struct StationStatus;

/// The picture of the track that is heard; takes no room when there is none. Files are read by the station's
/// library and pictures decoded on a thread of its own, to the size they are shown at; the last ones are
/// kept.
class CoverPicture : public QLabel
{
    Q_OBJECT

public:
    static constexpr int keptPictures = 32;
    /// Larger pictures (in pixels) are not decoded.
    static constexpr qint64 maxPixels = 64LL * 1000 * 1000;

    /// `control` must outlive it.
    explicit CoverPicture(StationControl &control, QWidget *parent = nullptr);
    /// Waits for a picture that is being decoded.
    ~CoverPicture() override;

signals:
    /// Comes from the decoding thread.
    void decoded(quint64 entryId, const QImage &image);

private:
    void follow(const StationStatus &status);
    void take(quint64 entryId, const QByteArray &picture);
    void keep(quint64 entryId, const QImage &image);
    void showCover(quint64 entryId);

    StationControl &m_control;
    quint64 m_entry = 0; ///< heard; 0: nothing from the playlist
    QCache<quint64, QPixmap> m_kept{keptPictures};
    QThreadPool m_pool;
};

/// Decodes to fit into a square of so many pixels; null when it is no picture, or too large. Any thread.
QImage decodedCover(const QByteArray &picture, int side);

} // namespace cycast
