// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace cycast
{

/// One line of plain text that gives way: it is cut with an ellipsis where the place ends, and then has the
/// whole text as its tool tip. Never takes text for markup; line breaks are shown as spaces.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);

    void setFullText(const QString &text);
    const QString &fullText() const { return m_text; }

    /// So many characters are kept when the place is scarce (6 unless told).
    void setKept(int characters);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void elide();

    QString m_text;
    Qt::TextElideMode m_mode;
    int m_kept = 6;
};

/// Text from outside as a tool tip: shown as it is, never as markup.
QString plainToolTip(const QString &text);

} // namespace cycast
