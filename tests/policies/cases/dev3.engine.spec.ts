import { judgeWithEngine } from "./engineVerdicts";

judgeWithEngine("dev", 3, 3);
