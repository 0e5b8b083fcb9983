/** The cover of a document: the title `Garden` above a red half. */
export const cover = [
  'UklGRrYBAABXRUJQVlA4IKoBAABQDgCdASprAKAAPpFIokulpKOhpJM4qLASCWdu3TUAGLjTA/AJZLbxv+B9oHxuZuVQPoYCkn8CJ4YUNr4cjC',
  '26+NeQr9hBoqtyLV3iDmfk9GgbrBnPOY5Yh0CkogHQKSiAdApA9RQatbkDk2YR2iR37BKIB0CkogHQJsAA/v9SN28FipUdEfwsZfTHSzpgxbov',
  'PhhXRZHN5nWZ8hgz9MGXvozMT8mZn6FC7zNnj6BPxbkpl4rDHyS6gJvMO+TToZlInyTOVoE/6902y980Jqyyd6QWBo8QMjv/P3cSE/FV9iE8ik',
  'cdQVdWf5VMt308BwiwJab0GbnCj+t2TN4Oq5J/g5HgfEoSiNf/b3JKJDux+xr4jitB7O9R7kcyMuoy8pWZdqEI4sWvDs+LBdwslm1/SXIz7e89',
  'pDl4A3TiUIAR95er5ilSy/d/mXiJ3w9pEXAlmzto4R2k1heLM9EvzRRzl366xQsZL9Zg/EEG3j++1Iz9rcGY7v4x8/YAq+S5MVmB0gBV+iF3//',
  'sWctgXj//+5wP+5wP+5wP42XHlzLFGWYqCKvzKqEAAAAA=',
].join('')
